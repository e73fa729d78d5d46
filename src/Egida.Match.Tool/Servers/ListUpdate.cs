using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Egida.Match.Tool.Servers;

/// <summary>
/// Fetches the newest version of a list. It takes the place of the one before only when it is checked: who signed it, for whom, until when, and that it is newer
/// than what was used here before.
/// </summary>
internal sealed class ListUpdate(HotlineServer server, ListTrust trust)
{
    private const int MostTries = 5;

    /// <param name="list">What the server offers.</param>
    /// <param name="folder">Where it is kept.</param>
    /// <returns>The list as it is now, and whether anything was fetched.</returns>
    /// <exception cref="ListRefusedException">What the server sent can't be used; what was there before stays.</exception>
    public async Task<(KnownList List, bool IsNew)> Run(OfferedList list, ListFolder folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder.Path);
        var wanted = list.Newest;
        if (wanted.Count == 0) throw new UsageException($"the hotline hasn't made the list '{list.Name}' yet. Try again in a while.");
        var isNew = false;
        foreach (var version in wanted)
        {
            if (await IsThere(folder.PathOf(version.Number), version, cancel)) continue;
            await Fetch(list.Name, version, folder.PathOfComing(version.Number), cancel);
            isNew = true;
        }

        List<string> files = [.. wanted.Select(version => File.Exists(folder.PathOfComing(version.Number)) ? folder.PathOfComing(version.Number) : folder.PathOf(version.Number))];
        KnownList checkedList;
        try
        {
            checkedList = KnownList.Open(trust, files);
        }
        catch (ListRefusedException)
        {
            // Never to be gone on with.
            foreach (var version in wanted) File.Delete(folder.PathOfComing(version.Number));
            throw;
        }
        foreach (var version in wanted.Where(version => File.Exists(folder.PathOfComing(version.Number)))) File.Move(folder.PathOfComing(version.Number), folder.PathOf(version.Number), overwrite: true);
        folder.KeepOnly([.. wanted.Select(version => version.Number)]);
        return (checkedList, isNew);
    }

    // What a disk has damaged comes again: else it would be refused for ever.
    private static async Task<bool> IsThere(string path, OfferedVersion version, CancellationToken cancel) =>
        new FileInfo(path) is { Exists: true } file && file.Length == version.Bytes && await Sha256(path, cancel) == version.Sha256;

    private static async Task<string> Sha256(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }

    private async Task Fetch(string name, OfferedVersion version, string path, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await FetchRest(name, version, path, cancel);
                if (new FileInfo(path).Length >= version.Bytes) break;
            }
            catch (Exception e) when (e is HttpRequestException or IOException && tries < MostTries && !cancel.IsCancellationRequested)
            {
                // The connection broke: the rest comes with the next.
            }
            if (tries == MostTries) throw new IOException($"the list '{name}' number {version.Number} doesn't come to its end. The same command goes on where it broke off.");
        }

        if (await Sha256(path, cancel) == version.Sha256) return;
        File.Delete(path);
        throw new IOException($"the list '{name}' number {version.Number} isn't the one that the server spoke of. Try again.");
    }

    private async Task FetchRest(string name, OfferedVersion version, string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        var have = file.Length > version.Bytes ? 0 : file.Length;
        if (have == version.Bytes) return;
        using var answer = await server.Send(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/lists/{name}/{version.Number}");
            if (have == 0) return request;
            request.Headers.Range = new RangeHeaderValue(have, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue($"\"{version.Sha256}\""));
            return request;
        }, cancel);
        // Another file than the one that was begun comes whole.
        if (answer.StatusCode != HttpStatusCode.PartialContent) have = 0;
        file.SetLength(have);
        file.Position = have;
        await using var content = await answer.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[1 << 16];
        for (int read; (read = await Read(content, buffer, cancel)) > 0;)
        {
            if (file.Position + read > version.Bytes) throw new IOException($"the list '{name}' number {version.Number} is longer than the server said.");
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        file.Flush(flushToDisk: true);
    }

    /// <summary>A server that stays silent in the middle has broken off.</summary>
    private async Task<int> Read(Stream content, byte[] buffer, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(server.Silence);
        try
        {
            return await content.ReadAsync(buffer, patience.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"the server sends nothing for {server.Silence.TotalSeconds:0} seconds.", e);
        }
    }
}
