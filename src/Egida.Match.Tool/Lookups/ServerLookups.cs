using System.Security.Cryptography;
using System.Threading.Channels;
using Egida.HashSearch;
using Egida.Match.Tool.Scanning;
using Egida.Match.Tool.Servers;

namespace Egida.Match.Tool.Lookups;

/// <summary>
/// Looks files up at a hotline's server. What waits at the same time goes together, up to a thousand hashes in one request; there is one request at a time, so what
/// comes meanwhile makes the next one larger.
/// </summary>
internal sealed class ServerLookups : ILookups, IAsyncDisposable
{
    public const int MostTogether = 1000;

    private readonly HotlineServer _server;
    private readonly string _purpose;
    private readonly Channel<Waiter> _waiting = Channel.CreateUnbounded<Waiter>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _asking;

    private ServerLookups(HotlineServer server, string purpose)
    {
        (_server, _purpose) = (server, purpose);
        _asking = Task.Run(() => Ask(_stop.Token), CancellationToken.None);
    }

    private sealed record Waiter(IReadOnlyList<Question> Questions, TaskCompletionSource<IReadOnlyList<ServerAnswer>> Answers);

    public ListKinds Kinds { get; private set; }

    public string Fingerprint => $"{_server.Address} {_purpose} {Kinds}\n";

    public int Waiting => 32;

    /// <summary>Requests that were made.</summary>
    public int Requests { get; private set; }

    /// <summary>Asks the server what it looks up for this partner.</summary>
    /// <exception cref="UsageException">Nothing, or not with this radius.</exception>
    public static async Task<ServerLookups> Open(HotlineServer server, string purpose, int radius, CancellationToken cancel)
    {
        var lookups = new ServerLookups(server, purpose);
        try
        {
            // Of nothing: random numbers are no file's digests.
            var answers = await lookups.Find([new("md5", Hex(16)), new("sha1", Hex(20)), new("sha256", Hex(32)), new("pdq", Hex(32), 100, radius)], cancel);
            if (answers[3].Refused == "radius") throw new UsageException($"--radius {radius} is more than the hotline allows: {answers[3].Detail}");
            ListKinds[] kinds = [ListKinds.Md5, ListKinds.Sha1, ListKinds.Sha256, ListKinds.Pdq];
            lookups.Kinds = kinds.Where((_, i) => answers[i].Refused is null).Aggregate(ListKinds.None, (all, kind) => all | kind);
            return lookups.Kinds == ListKinds.None ? throw new UsageException($"the hotline looks up nothing for this key: {answers[0].Detail}") : lookups;
        }
        catch
        {
            await lookups.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<IReadOnlyList<KnownMatch>> FindDigests(Content content, CancellationToken cancel)
    {
        var questions = new List<Question>(3);
        if (Kinds.HasFlag(ListKinds.Sha256)) questions.Add(new("sha256", content.Sha256.ToString()));
        if (Kinds.HasFlag(ListKinds.Sha1)) questions.Add(new("sha1", content.Sha1.ToString()));
        if (Kinds.HasFlag(ListKinds.Md5)) questions.Add(new("md5", content.Md5.ToString()));
        if (questions.Count == 0) return [];
        return [.. (await Find(questions, cancel)).SelectMany(answer => answer.Matches).DistinctBy(match => match.Number)];
    }

    public async ValueTask<IReadOnlyList<KnownMatch>> FindNear(IReadOnlyList<Hash256> turns, int quality, int radius, CancellationToken cancel)
    {
        var answers = await Find([.. turns.Select(turn => new Question("pdq", turn.ToString(), quality, radius))], cancel);
        return
        [
            .. answers.SelectMany((answer, turn) => answer.Matches.Select(match => match with { Turn = (Dihedral)turn }))
                .OrderBy(match => match.Distance).ThenBy(match => match.Turn).ThenBy(match => match.Number).DistinctBy(match => match.Number),
        ];
    }

    public IReadOnlyList<KnownMatch> FindVideo(VideoHash video) => [];

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stop.CancelAsync();
        await _asking;
        _stop.Dispose();
    }

    private async Task<IReadOnlyList<ServerAnswer>> Find(IReadOnlyList<Question> questions, CancellationToken cancel)
    {
        var waiter = new Waiter(questions, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_waiting.Writer.TryWrite(waiter)) throw new OperationCanceledException(cancel);
        return await waiter.Answers.Task.WaitAsync(cancel);
    }

    private async Task Ask(CancellationToken cancel)
    {
        var together = new List<Waiter>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(cancel))
            {
                // Others that are just being read come along.
                await Task.Yield();
                together.Clear();
                for (var count = 0; _waiting.Reader.TryPeek(out var next) && (count == 0 || count + next.Questions.Count <= MostTogether) && _waiting.Reader.TryRead(out next); count += next.Questions.Count) together.Add(next);
                await Ask(together, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The scan is over.
        }
        foreach (var waiter in together) waiter.Answers.TrySetCanceled(CancellationToken.None);
        while (_waiting.Reader.TryRead(out var waiter)) waiter.Answers.TrySetCanceled(CancellationToken.None);
    }

    private async Task Ask(List<Waiter> together, CancellationToken cancel)
    {
        try
        {
            List<Question> questions = [.. together.SelectMany(waiter => waiter.Questions)];
            Requests++;
            using var json = await _server.Post("api/v1/match", MatchMessages.Write(_purpose, questions), cancel);
            var answers = MatchMessages.Read(json.RootElement, questions.Count) ?? throw new UsageException($"'{_server.Address}' answers in a form that this version doesn't know. Update the program.");
            var next = 0;
            foreach (var waiter in together)
            {
                waiter.Answers.TrySetResult([.. answers.Skip(next).Take(waiter.Questions.Count)]);
                next += waiter.Questions.Count;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            foreach (var waiter in together) waiter.Answers.TrySetException(e);
        }
    }

    private static string Hex(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
