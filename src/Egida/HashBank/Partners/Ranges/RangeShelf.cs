using System.Collections.Concurrent;
using System.Globalization;
using Egida.Platform;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Partners.Ranges;

/// <summary>
/// The files of ranges that answer at present. One that is missing is made in the background, by one process of those that share a data folder, while the others and
/// the epoch before answer.
/// </summary>
internal sealed class RangeShelf(IConfiguration configuration, RangeKeys keys, IServiceScopeFactory scopes, TimeProvider clock, ILogger<RangeShelf> log) : IDisposable
{
    public static readonly IReadOnlyList<HashKind> Kinds = [HashKind.Md5, HashKind.Sha1, HashKind.Sha256];

    private readonly string folder = DataFolder.Of(configuration, "ranges");
    private readonly ConcurrentDictionary<(HashKind Kind, int Epoch), RangeFile> open = [];
    private readonly ConcurrentDictionary<(HashKind Kind, int Epoch), Task> building = [];
    private readonly CancellationTokenSource end = new();

    public RangeEpochs Epochs { get; } = RangeEpochs.From(configuration);

    /// <returns>Null if that epoch doesn't answer, or not yet.</returns>
    public RangeFile? Find(HashKind kind, int epoch)
    {
        var now = clock.GetUtcNow();
        if (!Epochs.Answers(epoch, now))
        {
            return null;
        }

        if (open.TryGetValue((kind, epoch), out var known) || TryOpen(kind, epoch, out known))
        {
            return known;
        }

        // What it was in the epoch before can't be known any more.
        if (epoch == Epochs.At(now))
        {
            // One that has ended without a file was refused: it may have taken itself out before it was put in.
            _ = building.AddOrUpdate((kind, epoch), _ => Begin(), (_, begun) => begun.IsCompleted ? Begin() : begun);
        }

        return null;

        Task Begin() => Task.Run(() => Build(kind, epoch), CancellationToken.None);
    }

    public void Dispose()
    {
        end.Cancel();
        Task.WaitAll([.. building.Values]);
        foreach (var file in open.Values) file.Dispose();
        end.Dispose();
    }

    private bool TryOpen(HashKind kind, int epoch, out RangeFile? file)
    {
        file = null;
        var path = PathOf(kind, epoch);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            var opened = RangeFile.Open(path);
            file = open.GetOrAdd((kind, epoch), opened);
            if (file != opened) opened.Dispose();
            return true;
        }
        catch (InvalidDataException e)
        {
            log.LogWarning(e, "A file of ranges is damaged and is made again.");
            File.Delete(path);
            return false;
        }
    }

    private async Task Build(HashKind kind, int epoch)
    {
        try
        {
            using var mine = new FileStream(Path.Combine(folder, "building"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (!File.Exists(PathOf(kind, epoch)))
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<EgidaDb>();
                await using var moment = await BankMoment.Begin(db, end.Token);
                var change = await db.Set<BankHead>().Select(h => h.Changes).SingleAsync(end.Token);
                await new RangeBuilder(PathOf(kind, epoch), keys.Blur(kind, epoch), keys.Filling(kind, epoch)).Build(Hashes(db, kind), change, end.Token);
                DeleteOld(epoch);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Data.Common.DbException)
        {
            // Another process is at it, or it must be tried again: whoever asks next begins anew.
            log.LogInformation(e, "Ranges of {Kind} weren't made now.", kind);
        }
        finally
        {
            building.TryRemove((kind, epoch), out _);
        }
    }

    private static IAsyncEnumerable<byte[]> Hashes(EgidaDb db, HashKind kind)
    {
        var used = db.Set<HashRecord>().AsNoTracking().Where(r => r.State == HashRecordState.Confirmed && !r.IsBenign && (r.Flags & RecordFlags.Silenced) == 0);
        // What was merged into a record has given it its digests as further ones.
        var further = db.Set<FurtherHash>().AsNoTracking().Where(h => h.Kind == kind).Join(used, h => h.RecordId, r => r.Id, (h, _) => h.Value);
        return (kind switch
        {
            HashKind.Md5 => used.Where(r => r.Md5 != null).Select(r => r.Md5!),
            HashKind.Sha1 => used.Where(r => r.Sha1 != null).Select(r => r.Sha1!),
            _ => used.Where(r => r.Sha256 != null).Select(r => r.Sha256!),
        }).AsAsyncEnumerable().Concat(further.AsAsyncEnumerable());
    }

    private void DeleteOld(int epoch)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.ranges"))
        {
            if (int.TryParse(Path.GetFileNameWithoutExtension(path).Split('-')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var old) && old < epoch - 1) File.Delete(path);
        }

        // Those that are mapped go with the process: somebody may be reading one.
    }

    private string PathOf(HashKind kind, int epoch) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{HashText.NameOf(kind)}-{epoch}.ranges"));
}
