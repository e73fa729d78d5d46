using System.Net.Sockets;
using Egida.Simulators;

namespace Egida.Tests.Simulators;

public sealed class MailServerStopsTests
{
    [Fact]
    public async Task A_stopped_server_refuses_connections_and_comes_back_on_the_same_port()
    {
        var folder = Directory.CreateTempSubdirectory("egida-world-");
        await using (var world = await World.Start(new WorldOptions { StateFolder = folder.FullName, DemoSites = 0 }))
        {
            await world.Mail.Stop();
            using var refused = new TcpClient();
            await Assert.ThrowsAsync<SocketException>(() => refused.ConnectAsync(world.Mail.EndPoint));
            world.Mail.Start();
            using var client = new TcpClient();
            await client.ConnectAsync(world.Mail.EndPoint);
            using var reader = new StreamReader(client.GetStream());
            Assert.StartsWith("220 ", await reader.ReadLineAsync(), StringComparison.Ordinal);
        }

        folder.Delete(recursive: true);
    }
}
