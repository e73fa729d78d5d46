using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Egida.HashBank;
using Egida.Platform.Sandboxing;
using Egida.Tests.Architecture;
using Egida.Tests.Harness;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank.Partners.Images;

public sealed class MatchImageTests
{
    private const string Landscape = "000-landscape-512x512.png", Turned = "001-rot90-of-000.png";

    [Theory, OnBothDatabases]
    public async Task A_picture_is_found_by_its_bytes_and_by_its_looks_however_it_lies(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await Known(host, Landscape);
        using var partner = await host.Partner();

        using var same = await Ask(partner, Bytes(Landscape), "image/png");
        using var turned = await Ask(partner, Bytes(Turned), "application/octet-stream", "&radius=31&turned=true");
        using var lying = await Ask(partner, Bytes(Turned), "image/png", "&radius=31");

        Assert.Equal("same-bytes 0", PartnerClient.Said(same.RootElement));
        Assert.Equal(record.Value, same.RootElement.GetProperty("matches")[0].GetProperty("record").GetInt32());
        Assert.Equal(("png", 512), (same.RootElement.GetProperty("image").GetProperty("format").GetString(), same.RootElement.GetProperty("image").GetProperty("width").GetInt32()));
        Assert.StartsWith("looks ", PartnerClient.Said(turned.RootElement), StringComparison.Ordinal);
        Assert.Equal("", PartnerClient.Said(lying.RootElement));
    }

    [Fact]
    public async Task A_form_with_a_file_is_read_as_well_and_nothing_of_the_picture_stays_on_disk()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await Known(host, Landscape);
        using var partner = await host.Partner();
        using var form = new MultipartFormDataContent { { new StringContent("x"), "comment" }, { File("image/png"), "image", "upload.png" } };

        using var answer = await PartnerClient.Json(await partner.PostAsync("/api/v1/match/image?purpose=upload-check", form));

        Assert.Equal("same-bytes 0", PartnerClient.Said(answer.RootElement));
        var piece = Bytes(Landscape).AsSpan(1000, 64).ToArray();
        foreach (var file in Directory.EnumerateFiles(host.Folder, "*", SearchOption.AllDirectories).Where(f => !f.Contains("-index", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            Assert.True(bytes.AsSpan().IndexOf(piece) < 0, file);
        }

        static ByteArrayContent File(string type) => new(Bytes(Landscape)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
    }

    [Fact]
    public async Task What_is_no_picture_is_looked_up_by_its_bytes_and_the_answer_says_so()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var bytes = "This is a text."u8.ToArray();
        await host.Known(1, [(HashKind.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)), null)]);
        using var partner = await host.Partner();

        using var text = await Ask(partner, bytes, "image/png");
        using var cut = await Ask(partner, Bytes(Landscape)[..40], "image/png");

        Assert.Equal(("same-bytes 0", "not-a-picture"), (PartnerClient.Said(text.RootElement), NoLook(text)));
        Assert.Contains(NoLook(cut), new[] { "damaged", "not-a-picture" });
    }

    [Fact]
    public async Task A_body_that_cannot_be_taken_is_refused_with_a_reason()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite, new Dictionary<string, string> { ["HashBank:Images:Largest"] = "2000" });
        using var partner = await host.Partner();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Status(partner, new byte[2001], "image/png"));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(partner, [], "image/png"));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(partner, [1], "text/html"));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(partner, [1], "multipart/form-data; boundary=x"));
        var open = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nabc"u8.ToArray();
        Assert.Equal(HttpStatusCode.BadRequest, await Status(partner, open, "multipart/form-data; boundary=x"));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(partner, [1], "image/png", "&radius=32"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(partner, [1], "image/png", purpose: "curiosity"));
    }

    [Fact]
    public async Task When_there_is_no_room_the_partner_comes_again()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite, new Dictionary<string, string> { ["HashBank:Images:Receiving"] = "1" });
        using var partner = await host.Partner();
        var room = (Egida.HashBank.Partners.Images.ImageRoom)host.Services.GetService(typeof(Egida.HashBank.Partners.Images.ImageRoom))!;

        using (await room.Receive(CancellationToken.None))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await Status(partner, Bytes(Landscape), "image/png"));
        }

        Assert.Equal(HttpStatusCode.OK, await Status(partner, Bytes(Landscape), "image/png"));
    }

    private static async Task<HashRecordId> Known(EgidaHost host, string picture)
    {
        var bytes = Bytes(picture);
        var seen = Assert.IsType<Inspection.Decoded>(await new MediaSandbox(TimeProvider.System).Inspect(bytes, CancellationToken.None));
        return await host.Known(1, [(HashKind.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)), null), (HashKind.Pdq, seen.Pdq.Hash.ToString(), seen.Pdq.Quality)]);
    }

    private static byte[] Bytes(string picture) => File.ReadAllBytes(Path.Combine(Repository.Root, "tests/Egida.HashSearch.Tests/golden", picture));

    private static string? NoLook(JsonDocument answer) => answer.RootElement.GetProperty("image").GetProperty("noLook").GetProperty("code").GetString();

    private static async Task<JsonDocument> Ask(HttpClient partner, byte[] bytes, string type, string more = "")
    {
        using var answer = await Post(partner, bytes, type, more, "upload-check");
        return await PartnerClient.Json(answer);
    }

    private static async Task<HttpStatusCode> Status(HttpClient partner, byte[] bytes, string type, string more = "", string purpose = "upload-check")
    {
        using var answer = await Post(partner, bytes, type, more, purpose);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> Post(HttpClient partner, byte[] bytes, string type, string more, string purpose)
    {
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        return await partner.PostAsync($"/api/v1/match/image?purpose={purpose}{more}", content);
    }
}
