using System.Net.Http.Headers;
using System.Text.Json;
using Egida.HashBank.Lists;
using Egida.HashBank.Partners;
using Egida.Match;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Lists;

/// <summary>A partner with a list, and what its program does with it.</summary>
internal sealed class ListPartner : IDisposable
{
    private readonly EgidaHost host;
    private readonly string folder;

    private ListPartner(EgidaHost host, HashPartnerId id, HashListId list, HttpClient http) =>
        (this.host, Id, List, Http, folder) = (host, id, list, http, Directory.CreateTempSubdirectory("egida-partner-").FullName);

    public HashPartnerId Id { get; }

    public HashListId List { get; }

    public HttpClient Http { get; }

    public static async Task<ListPartner> Admit(EgidaHost host, string name, AdmitPartner.Input? admitted = null, OpenHashList.Input? opened = null)
    {
        var key = await host.InScope((AdmitPartner admit) => admit.Handle((admitted ?? AdmitPartner.Input.Empty) with { Name = name }, Bank.Person(9), CancellationToken.None));
        var id = await host.Read(db => db.Set<HashPartner>().Where(p => p.Name == name).Select(p => p.Id).SingleAsync());
        var (list, wrong) = await host.InScope((OpenHashList open) => open.Handle((opened ?? OpenHashList.Input.Empty) with { Partner = id.ToString() }, Bank.Person(9), CancellationToken.None));
        Assert.Empty(wrong);
        var http = new HttpClient { BaseAddress = host.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        return new ListPartner(host, id, list!.Value, http);
    }

    /// <summary>What the server offers of the list, the newest first.</summary>
    public async Task<List<JsonElement>> Offered(string name = "known")
    {
        using var answer = JsonDocument.Parse(await Http.GetStringAsync("/api/v1/lists"));
        return [.. answer.RootElement.GetProperty("lists").EnumerateArray().Single(l => l.GetProperty("name").GetString() == name).GetProperty("versions").EnumerateArray().Select(v => v.Clone())];
    }

    /// <summary>Fetches the newest full list and the newest delta that goes on from it, and opens them.</summary>
    public async Task<KnownList> Open(string name = "known")
    {
        var versions = await Offered(name);
        var full = versions.First(v => !v.TryGetProperty("since", out _)).GetProperty("number").GetInt64();
        var delta = versions.Find(v => v.TryGetProperty("since", out var since) && since.GetInt64() == full);
        List<string> files = [await Fetch(full, name)];
        if (delta.ValueKind != JsonValueKind.Undefined)
        {
            files.Add(await Fetch(delta.GetProperty("number").GetInt64(), name));
        }

        return KnownList.Open(await Trust(), files);
    }

    public async Task<string> Fetch(long number, string name = "known")
    {
        var path = Path.Combine(folder, $"{name}-{number}.egidalist");
        await File.WriteAllBytesAsync(path, await Http.GetByteArrayAsync($"/api/v1/lists/{name}/{number}"));
        return path;
    }

    public async Task<ListTrust> Trust()
    {
        var keys = await host.Read(db => db.Set<HashListKey>().OrderBy(k => k.Id).Select(k => k.Line).ToListAsync());
        await File.WriteAllLinesAsync(Path.Combine(folder, "hotline.key"), [keys[0], $"recipient: {Id}"]);
        return ListTrust.Read(Path.Combine(folder, "hotline.key")) with { Clock = host.Clock, Seen = new SeenLists(Path.Combine(folder, "seen")) };
    }

    public void Dispose()
    {
        Http.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
