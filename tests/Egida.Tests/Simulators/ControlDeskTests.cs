using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Egida.Tests.Simulators;

public sealed class ControlDeskTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    [Fact]
    public async Task Another_process_reads_the_world_and_steers_it()
    {
        using var client = OutsideClient.Direct(fixture.World);
        client.BaseAddress = fixture.World.Control.Url;
        var world = await client.GetFromJsonAsync<JsonElement>("world");
        Assert.True(File.Exists(world.GetProperty("caCertificate").GetString()));
        Assert.True(File.Exists(world.GetProperty("policeKey").GetString()));
        Assert.True(File.Exists(world.GetProperty("knownPictures").GetString()));
        Assert.Equal(50, world.GetProperty("demoPages").GetArrayLength());

        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("sites/remove", new { url = "http://polar.example/ice" })).StatusCode);
        Assert.True(fixture.World.Sites.IsRemoved("http://polar.example/ice"));
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("faults", new { part = "egress", fault = "down" })).StatusCode);
        Assert.True(fixture.World.Egress.Down);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync("faults", new { part = "weather", fault = "rain" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("nothing")).StatusCode);
    }
}
