using System.Globalization;
using Egida.HashSearch;
using Egida.Platform;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Looks;

/// <summary>
/// Which records have frames that look like these: a near index of the frames of all known videos, on disk, that follows the change sequence. A hash that a record has
/// already changes nothing, so after a crash some changes are simply read again.
/// </summary>
internal sealed class FrameLooks(IConfiguration configuration) : IDisposable
{
    private const int Step = 20_000;

    private readonly SemaphoreSlim following = new(1);
    private LivingNearIndex? index;
    private FileStream? held;
    private string folder = "";
    private long followed;

    /// <summary>Reads what changed since the last time, up to this change at least.</summary>
    public async Task Follow(EgidaDb db, long change, CancellationToken cancellation)
    {
        if (index is not null && Volatile.Read(ref followed) >= change)
        {
            return;
        }

        await following.WaitAsync(cancellation);
        try
        {
            var open = index ?? Open(await db.Set<BankHead>().Select(h => h.Bank).SingleAsync(cancellation) ?? Guid.Empty, change);
            while (followed < change)
            {
                var last = Math.Min(change, followed + Step);
                var rows = await db.Set<HashRecord>().Where(r => r.Change > followed && r.Change <= last)
                    .Join(db.Set<FurtherHash>().Where(h => h.Kind == HashKind.Frame), r => r.Id, h => h.RecordId, (r, h) => new { h.RecordId, h.Value, h.Quality }).ToListAsync(cancellation);
                var made = new NearChanges();
                foreach (var row in rows)
                {
                    if (HashText.ShowsSomething(row.Value, row.Quality)) made.Add(Hash256.FromBytes(row.Value), row.RecordId.Value);
                }

                if (made.Count > 0) open.Make(made);
                await File.WriteAllTextAsync(Path.Combine(folder, "followed"), last.ToString(CultureInfo.InvariantCulture), cancellation);
                Volatile.Write(ref followed, last);
                index = open;
            }

            index = open;
        }
        finally
        {
            following.Release();
        }
    }

    /// <summary>How many of the frames each record has something like.</summary>
    public Dictionary<int, int> Find(ReadOnlySpan<Hash256> frames, int radius)
    {
        var near = new NearMatches();
        index?.FindAll(frames, radius, near);
        var shared = new Dictionary<int, int>();
        foreach (var match in near.AsSpan())
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(shared, match.Id, out _)++;
        }

        return shared;
    }

    public void Dispose()
    {
        index?.Dispose();
        held?.Dispose();
        following.Dispose();
    }

    /// <summary>Each process has a folder of its own, and one for each bank: another bank's frames are of no use.</summary>
    private LivingNearIndex Open(Guid bank, long change)
    {
        for (var place = 0; ; place++)
        {
            folder = DataFolder.Of(configuration, Path.Combine("frame-index", $"{bank:N}-{place}"));
            try
            {
                held = new FileStream(Path.Combine(folder, "held"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (place < 64)
            {
                continue;
            }

            var note = Path.Combine(folder, "followed");
            followed = File.Exists(note) && long.TryParse(File.ReadAllText(note), NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last <= change ? last : 0;
            var frames = Path.Combine(folder, "pdq");
            try
            {
                return LivingNearIndex.Open(frames);
            }
            catch (IndexFileException)
            {
                // A cache that can't be read is made again.
                Directory.Delete(frames, recursive: true);
                followed = 0;
                return LivingNearIndex.Open(frames);
            }
        }
    }
}
