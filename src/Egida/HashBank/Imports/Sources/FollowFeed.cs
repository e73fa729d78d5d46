using System.Security.Cryptography;
using System.Text;
using Egida.HashBank.Exports;
using Egida.Platform;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Imports.Sources;

/// <param name="Digest">SHA-256 of the file.</param>
public sealed record FeedDownloaded(string Feed, long Bytes, string Digest, string Checkpoint) : DomainEvent;

public sealed record FeedMoved(string Feed, string Checkpoint) : DomainEvent;

/// <summary>
/// Follows a live source: a whole range into a file, the file into the bank, then the checkpoint on. Wherever it breaks, it goes on there; what is done twice changes
/// nothing (docs/decisions/0107).
/// </summary>
internal sealed class FollowFeed(
    EgidaDb db, ActionBook actions, Importer importer, IEnumerable<IHashFeed> feeds, IEnumerable<IImportFormat> formats, ExportRecords own, IOptions<FeedsOptions> options, IConfiguration configuration, TimeProvider clock) : IWorkHandler
{
    public const string WorkKind = "hash-bank.follow-feed";

    public static class Kinds
    {
        public static readonly ActionKind Begin = new("hash-bank.follow-feed");
        public static readonly ActionKind Download = new("hash-bank.download-feed");
        public static readonly ActionKind Move = new("hash-bank.move-feed");
        public static readonly ActionKind Discard = new("hash-bank.discard-feed");
    }

    private static readonly Actor Follower = Actor.System("hash-feeds");

    /// <summary>Of the feed of this name.</summary>
    public static NewWork WorkFor(string name) => new(WorkKind, SubjectOf(name)) { Payload = name };

    public static Guid SubjectOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"hash-feed:{name}")).AsSpan(0, 16));

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        if (work.Payload is not { } name || !options.Value.Feeds.TryGetValue(name, out var settings))
        {
            // It was taken out of the settings: begun again by the next start that finds it there.
            return new WorkOutcome.Done();
        }

        if (feeds.FirstOrDefault(f => f.Kind == settings.Kind) is not { } feed)
        {
            return new WorkOutcome.Park($"unknown-kind: a feed's Kind is {string.Join(", ", feeds.Select(f => f.Kind).Order(StringComparer.Ordinal))}");
        }

        if (await Objection(feed, Code(name, settings), cancellation) is { } objection)
        {
            return new WorkOutcome.Park(objection);
        }

        try
        {
            var state = await db.Set<FeedState>().SingleOrDefaultAsync(f => f.Name == name, cancellation) ?? db.Add(new FeedState { Name = name }).Entity;
            if (state.Spool is null || !File.Exists(PathOf(state.Spool)))
            {
                await Download(feed, name, settings, state, cancellation);
            }

            return state.Spool is null ? await Move(work, name, settings, state, cancellation) : await Import(work, feed, name, settings, state, cancellation);
        }
        catch (FeedException e)
        {
            return e.IsFinal ? new WorkOutcome.Park(e.Message) : new WorkOutcome.TryAgain(e.Message);
        }
        catch (Exception e) when (e is ImportImpossibleException or ExportImpossibleException)
        {
            return new WorkOutcome.Park($"impossible: {e.Message}");
        }
    }

    private static string Code(string name, FeedOptions settings) => settings.Source.Length > 0 ? settings.Source : name;

    /// <summary>Pictures of adults, reported by themselves, are no child abuse material: nothing here may be confirmed by them.</summary>
    private async Task<string?> Objection(IHashFeed feed, string code, CancellationToken cancellation)
    {
        var source = await db.Set<HashSource>().AsNoTracking().SingleOrDefaultAsync(s => s.Code == code, cancellation);
        return source is null ? $"source-unknown: admit the source '{code}' on the page Imports first"
            : feed.Kind == "stopncii" && source.Trust != Trust.Notes ? "stopncii-trust: pictures of adults are noted only; admit another source for them with the trust Notes"
            : feed.Kind == "arachnid" && source.Trust != Trust.Notes ? "arachnid-trust: what only looks like something known there is noted only; admit another source for it with the trust Notes"
            : null;
    }

    private async Task<(long Until, IAsyncEnumerable<ExportItem> Records)> Own(long after, CancellationToken cancellation)
    {
        var until = await db.Set<BankHead>().AsNoTracking().Select(h => h.Changes).SingleAsync(cancellation);
        return (until, own.Read(new ExportRecords.Range(after, until, await own.Sources(cancellation), null), cancellation));
    }

    private async Task Download(IHashFeed feed, string name, FeedOptions settings, FeedState state, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var file = $"{SubjectOf(name):N}.{feed.Kind}";
        var path = PathOf(file);
        FeedRange range;
        string digest;
        long bytes;
        await using (var spool = new FileStream(path + ".part", new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, BufferSize = 1 << 16, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        {
            range = await feed.Download(new FeedTask(name, settings, state.Checkpoint, state.HadAt, now) { Keys = () => Keys(Code(name, settings)), Own = after => Own(after, cancellation) }, spool, cancellation);
            spool.Flush(flushToDisk: true);
            (spool.Position, bytes) = (0, spool.Length);
            digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(spool, cancellation));
        }

        (state.SpoolCheckpoint, state.SpoolAt, state.SpoolMore) = (range.Checkpoint, now, range.More);
        if (range.Entries == 0)
        {
            File.Delete(path + ".part");
            state.Spool = null;
            return;
        }

        File.Move(path + ".part", path, overwrite: true);
        var action = actions.Begin(Kinds.Download, Follower, $"hash-feed:{name}");
        state.Spool = file;
        action.Emit(new FeedDownloaded(name, bytes, digest, range.Checkpoint));
        await action.Commit(cancellation);
    }

    private async Task<WorkOutcome> Import(WorkItem work, IHashFeed feed, string name, FeedOptions settings, FeedState state, CancellationToken cancellation)
    {
        var path = PathOf(state.Spool!);
        byte[] fingerprint;
        await using (var file = File.OpenRead(path))
        {
            fingerprint = await SHA256.HashDataAsync(file, cancellation);
        }

        if (await db.Set<ImportRun>().AnyAsync(r => r.Fingerprint == fingerprint && r.State == ImportState.Abandoned, cancellation))
        {
            await Discard(name, state, cancellation);
            return new WorkOutcome.Park("import-abandoned: somebody decided that what the source sent doesn't go in; find out why, then retry this work: it is downloaded anew");
        }

        ImportRun run;
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan))
        {
            var format = formats.Single(f => f.Name == feed.Format);
            run = await importer.Run(
                new ImportOrder(Code(name, settings), format.Name, $"{name} up to {state.SpoolCheckpoint}", fingerprint, file.Length, format.Read(file), () => file.Position), null, cancellation);
        }

        return run.State switch
        {
            ImportState.Done => await Move(work, name, settings, state, cancellation),
            ImportState.Held => new WorkOutcome.Later(TimeSpan.FromHours(1), "import-held: it takes back more than the source usually does and waits for a person, on the page Imports"),
            ImportState.Broken => new WorkOutcome.Park($"import-broken: {run.Problem}"),
            _ => new WorkOutcome.TryAgain($"import-{run.State}".ToLowerInvariant()),
        };
    }

    /// <summary>The range is in the bank: the next one begins behind it.</summary>
    private async Task<WorkOutcome> Move(WorkItem work, string name, FeedOptions settings, FeedState state, CancellationToken cancellation)
    {
        var (spool, more) = (state.Spool, state.SpoolMore);
        var action = actions.Begin(Kinds.Move, Follower, $"hash-feed:{name}");
        (state.Checkpoint, state.HadAt, state.Spool, state.SpoolCheckpoint, state.SpoolAt) = (state.SpoolCheckpoint, state.SpoolAt, null, null, null);
        action.Emit(new FeedMoved(name, state.Checkpoint!));
        action.Completes(work);
        // Two rows take turns: one is done, the other is the next run, with no failures counted yet.
        action.Enqueue(WorkFor(name) with { Key = work.Key.Length == 0 ? "next" : "", DueAt = more ? action.Now : action.Now + settings.Every });
        await action.Commit(cancellation);
        if (spool is not null)
        {
            File.Delete(PathOf(spool));
        }

        return new WorkOutcome.Done();
    }

    private async Task Discard(string name, FeedState state, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Discard, Follower, $"hash-feed:{name}");
        File.Delete(PathOf(state.Spool!));
        (state.Spool, state.SpoolCheckpoint, state.SpoolAt) = (null, null, null);
        await action.Commit(cancellation);
    }

    private string PathOf(string file) => Path.Combine(DataFolder.Of(configuration, "hash-feeds"), file);

    private async IAsyncEnumerable<string> Keys(string code)
    {
        var source = await db.Set<HashSource>().Where(s => s.Code == code).Select(s => s.Id).SingleAsync();
        await foreach (var key in db.Set<SourceEntry>().AsNoTracking().Where(e => e.SourceId == source).Select(e => e.Key).AsAsyncEnumerable())
        {
            yield return key;
        }
    }
}
