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

    public static async Task<Result> Verify(EgidaDb db, ECDsa key, Witnessed? witnessed, CancellationToken cancellation)
    {
        var tree = new MerkleTree();
        byte[] lastSignature = [];
        await foreach (var entry in db.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Seq).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (entry.Seq != tree.Size)
            {
                return new Result.Bad(tree.Size, entry.Seq > tree.Size ? "the entry is missing" : "the number stands twice");
            }

            tree.Append(MerkleTree.Leaf(Encoding.UTF8.GetBytes(entry.Data)));
            if (Contradiction(entry, tree.Root(), key) is { } why)
            {
                return new Result.Bad(entry.Seq, why);
            }

            if (witnessed is not null && witnessed.Size == tree.Size && !tree.Root().AsSpan().SequenceEqual(witnessed.Root))
            {
                return new Result.Bad(entry.Seq, "the root differs from the checkpoint that was kept elsewhere: the log was rewritten up to here");
            }

            lastSignature = entry.Signature;
        }

        if (witnessed is not null && witnessed.Size > tree.Size)
        {
            return new Result.Bad(tree.Size, $"the log ends here, but a checkpoint of {witnessed.Size} entries was kept elsewhere: entries were cut off or the database was set back");
        }

        var head = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellation);
        if ((head?.Size ?? 0) != tree.Size || !(head?.Edge ?? []).AsSpan().SequenceEqual(tree.Edge))
        {
            return new Result.Bad(Math.Min(head?.Size ?? 0, tree.Size), "the log ends here, but its head says otherwise: entries were cut off or added by hand");
        }

        return new Result.Sound(tree.Size, tree.Root(), lastSignature);
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
                // PostgreSQL keeps microseconds; the leaf has all seven digits.
                && (json.GetProperty("at").GetDateTime() - entry.At).Duration() < TimeSpan.FromMicroseconds(1);
            if (!same)
            {
                return "its columns say something else than its signed bytes";
            }

            var commitment = json.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
            return entry switch
            {
                { Reason: null, ReasonSalt: null } => null,
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
