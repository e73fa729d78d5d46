using System.Net;
using System.Net.Http.Headers;
using Egida.Access;
using Egida.Audit;
using Egida.HashBank;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tests.Matching;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank;

public sealed class FindByPictureTests
{
    [Theory, OnBothDatabases]
    public async Task A_record_is_found_by_a_picture_that_is_kept_nowhere(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Know(Scene.Png(1));
        using var staff = await host.SignInEnglish(Role.Analyst);
        var before = Files(host);

        var known = await Send(staff, Scene.Png(1));
        var other = await Send(staff, Scene.Png(2));
        var none = await Send(staff, "a text and no picture"u8.ToArray());

        Assert.Equal([$"/staff/hash-bank/{record}"], Links(known));
        Assert.Empty(Links(other));
        Assert.Contains("The bank doesn't know this file.", other.Text, StringComparison.Ordinal);
        Assert.Contains("Only the very same bytes were looked for", none.Text, StringComparison.Ordinal);
        Assert.Equal(3, await host.Read(db => db.Set<AuditEntry>().CountAsync(e => e.Action == FindByPicture.Kind.Name)));
        Assert.Equal(before, Files(host));
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.GetTempPath(), "ASPNETCORE_*"), f => new FileInfo(f).LastWriteTimeUtc > DateTime.UtcNow.AddMinutes(-1));
    }

    [Theory, OnBothDatabases]
    public async Task Without_a_file_the_form_says_so_and_without_its_token_nothing_is_done(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var staff = await host.SignInEnglish(Role.Analyst);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(staff, [])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(staff, Scene.Png(1), token: "forged")).Status);
        Assert.Equal(0, await host.Read(db => db.Set<AuditEntry>().CountAsync(e => e.Action == FindByPicture.Kind.Name)));
    }

    private static async Task<HtmlAnswer> Send(TestClient staff, byte[] content, string? token = null)
    {
        var field = (await staff.Get("/staff/hash-bank")).Document.QuerySelector("form.picture input[type=hidden]")!;
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent { { new StringContent(token ?? field.GetAttribute("value")!), field.GetAttribute("name")! }, { file, "picture", "any name.png" } };
        return await HtmlAnswer.Read(await staff.Http.PostAsync("/staff/hash-bank/picture", form));
    }

    private static List<string> Links(HtmlAnswer page) => [.. page.Document.QuerySelectorAll("main tbody a").Select(a => a.GetAttribute("href")!)];

    private static List<string> Files(EgidaHost host) => [.. Directory.EnumerateFiles(host.Folder, "*", SearchOption.AllDirectories).Where(f => !f.Contains("hash-index", StringComparison.Ordinal)).Order()];
}
