using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Audit;

/// <summary>Recomputes the whole log from the stored bytes and names the first entry that doesn't hold.</summary>
public static class AuditVerification
{
    public abstract record Result
    {
        private Result()
        {
        }

        /// <param name="Size">Entries in the log.</param>
        /// <param name="Root">RFC 6962 root over all of them.</param>
        /// <param name="LastSignature">Of the checkpoint of that size.</param>
        public sealed record Sound(long Size, byte[] Root, byte[] LastSignature) : Result;

        /// <param name="Seq">The first bad entry (or the place where one is missing).</param>
        public sealed record Bad(long Seq, string Why) : Result;
    }

    /// <summary>A checkpoint that was kept elsewhere: the log must still contain that state.</summary>
    public sealed record Witnessed(long Size, byte[] Root);

    /// <summary>The log may grow meanwhile: it must hold what its head said before, and its head must afterwards cover all that was read.</summary>
    public static async Task<Result> Verify(EgidaDb db, ECDsa key, Witnessed? witnessed, CancellationToken cancellation)
    {
        var tree = new MerkleTree();
        var before = await Head(db, cancellation);
        var (bad, lastSignature) = await Entries(db, key, tree, [before, .. witnessed is null ? [] : new[] { Kept(witnessed) }], cancellation);
        if (bad is not null)
        {
            return bad;
        }

        if (witnessed is not null && witnessed.Size > tree.Size)
        {
            return new Result.Bad(tree.Size, $"the log ends here, but a checkpoint of {witnessed.Size} entries was kept elsewhere: entries were cut off or the database was set back");
        }

        var after = await Head(db, cancellation);
        return before.Size > tree.Size || after.Size < tree.Size
            ? new Result.Bad(Math.Min(after.Size, tree.Size), "the log ends here, but its head says otherwise: entries were cut off or added by hand")
            : new Result.Sound(tree.Size, tree.Root(), lastSignature);
    }

    /// <summary>What the tree must be at a size.</summary>
    private sealed record Expected(long Size, Func<MerkleTree, bool> Holds, string Otherwise);

    private static async Task<Expected> Head(EgidaDb db, CancellationToken cancellation)
    {
        var head = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellation);
        return new Expected(head?.Size ?? 0, tree => (head?.Edge ?? []).AsSpan().SequenceEqual(tree.Edge), "the log's head doesn't fit the entries up to here");
    }

    private static Expected Kept(Witnessed witnessed) => new(
        witnessed.Size,
        tree => tree.Root().AsSpan().SequenceEqual(witnessed.Root),
        "the root differs from the checkpoint that was kept elsewhere: the log was rewritten up to here");

    private static async Task<(Result? Bad, byte[] LastSignature)> Entries(EgidaDb db, ECDsa key, MerkleTree tree, Expected[] expected, CancellationToken cancellation)
    {
        byte[] lastSignature = [];
        await using var entries = db.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Seq).AsAsyncEnumerable().GetAsyncEnumerator(cancellation);
        while (true)
        {
            try
            {
                if (!await entries.MoveNextAsync())
                {
                    return (null, lastSignature);
                }
            }
            catch (Exception e) when (e is FormatException or InvalidCastException or InvalidOperationException)
            {
                return (new Result.Bad(tree.Size, "a column holds what nothing of ours wrote there"), lastSignature);
            }

            var entry = entries.Current;
            if (entry.Seq != tree.Size)
            {
                return (new Result.Bad(tree.Size, entry.Seq > tree.Size ? "the entry is missing" : "the number stands twice"), lastSignature);
            }

            tree.Append(MerkleTree.Leaf(Encoding.UTF8.GetBytes(entry.Data)));
            if (Contradiction(entry, tree.Root(), key) is { } why)
            {
                return (new Result.Bad(entry.Seq, why), lastSignature);
            }

            if (expected.FirstOrDefault(e => e.Size == tree.Size && !e.Holds(tree)) is { } broken)
            {
                return (new Result.Bad(entry.Seq, broken.Otherwise), lastSignature);
            }

            lastSignature = entry.Signature;
        }
    }

    private static string? Contradiction(AuditEntry entry, byte[] root, ECDsa key)
    {
        if (!root.AsSpan().SequenceEqual(entry.Root))
        {
            return "its bytes don't give the root that was stored with it";
        }

        if (!Checkpoint.Holds(key, entry.Seq + 1, root, entry.Signature))
        {
            return "its root isn't signed by this installation's key";
        }

        return ColumnContradiction(entry);
    }

    /// <summary>The columns beside the leaf are for searching: they must say what the leaf says.</summary>
    private static string? ColumnContradiction(AuditEntry entry)
    {
        try
        {
            using var leaf = JsonDocument.Parse(entry.Data);
            var json = leaf.RootElement;
            var same = json.GetProperty("seq").GetInt64() == entry.Seq
                && json.GetProperty("action").GetString() == entry.Action
                && json.GetProperty("actor").GetString() == entry.Actor
                && json.GetProperty("subject").GetString() == entry.Subject
                && json.GetProperty("at").GetDateTime() == entry.At;
            if (!same)
            {
                return "its columns say something else than its signed bytes";
            }

            var commitment = json.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
            return entry switch
            {
                { Reason: null, ReasonSalt: null } => commitment is null ? null : "its reason was taken out",
                { Reason: { } text, ReasonSalt: { } salt } when Convert.ToHexStringLower(AuditLog.ReasonCommitment(salt, text)) == commitment => null,
                _ => "its reason was changed",
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return "its bytes aren't an entry of this log";
        }
    }
}
