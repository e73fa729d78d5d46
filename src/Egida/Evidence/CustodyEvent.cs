using System.Security.Cryptography;
using System.Text.Json;
using Egida.Platform.Actions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Evidence;

public enum CustodyAct
{
    Captured,
    Hashed,
    Sealed,
    Opened,
    Previewed,
    Exported,
    HandedOver,
    Destroyed,
}

/// <summary>
/// One link of an object's chain of custody (after ISO/IEC 27037: who, when, where, why, and what it was before and after). Each holds the hash of
/// the one before; the newest hash also stands in the audit log, which is signed.
/// </summary>
public sealed class CustodyEvent
{
    public required EvidenceId EvidenceId { get; init; }

    /// <summary>0, 1, 2, … of this object.</summary>
    public required int Seq { get; init; }

    public required CustodyAct Act { get; init; }

    /// <summary>As in the audit log.</summary>
    public required string Actor { get; init; }

    /// <summary>The kind of action in which it happened.</summary>
    public required string Action { get; init; }

    /// <summary>Why: a code or a short text without addresses.</summary>
    public required string Purpose { get; init; }

    public required string Tool { get; init; }

    public required string Workstation { get; init; }

    /// <summary>UTC by the system's clock, whole milliseconds.</summary>
    public required DateTime At { get; init; }

    /// <summary>SHA-256 of the content.</summary>
    public required byte[] ContentSha256 { get; init; }

    /// <summary>Of the sealed file, where the act is about it.</summary>
    public required byte[] SealedSha256 { get; init; }

    /// <summary>Empty for the first.</summary>
    public required byte[] PreviousHash { get; init; }

    public required byte[] Hash { get; init; }
}

/// <summary>Adds links to chains and tells whether a chain holds.</summary>
internal static class CustodyChain
{
    public static async Task<CustodyEvent> Add(
        ActionContext action, EvidenceObject about, CustodyAct act, string purpose, string tool, CancellationToken cancellation)
    {
        var last = action.Db.Set<CustodyEvent>().Local.Where(e => e.EvidenceId == about.Id).MaxBy(e => e.Seq)
            ?? await action.Db.Set<CustodyEvent>().Where(e => e.EvidenceId == about.Id).OrderByDescending(e => e.Seq).FirstOrDefaultAsync(cancellation);
        var at = new DateTime(action.Now.Ticks - action.Now.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        var link = Link(about, act, (action.Actor.Name, action.Kind.Name, purpose, tool, Environment.MachineName), at, last);
        action.Db.Add(link);
        return link;
    }

    /// <returns>The number of the first link that doesn't fit; null when all do.</returns>
    public static int? FirstBroken(IReadOnlyList<CustodyEvent> chain)
    {
        var previous = Array.Empty<byte>();
        for (var i = 0; i < chain.Count; i++)
        {
            var link = chain[i];
            if (link.Seq != i || !link.PreviousHash.AsSpan().SequenceEqual(previous) || !link.Hash.AsSpan().SequenceEqual(HashOf(link)))
            {
                return i;
            }

            previous = link.Hash;
        }

        return null;
    }

    private static CustodyEvent Link(
        EvidenceObject about, CustodyAct act, (string Actor, string Action, string Purpose, string Tool, string Workstation) facts, DateTime at, CustodyEvent? last)
    {
        var draft = Make(last?.Seq + 1 ?? 0, last?.Hash ?? [], []);
        return Make(draft.Seq, draft.PreviousHash, HashOf(draft));

        CustodyEvent Make(int seq, byte[] previous, byte[] hash) => new()
        {
            EvidenceId = about.Id,
            Seq = seq,
            Act = act,
            Actor = facts.Actor,
            Action = facts.Action,
            Purpose = facts.Purpose,
            Tool = facts.Tool,
            Workstation = facts.Workstation,
            At = at,
            ContentSha256 = about.Sha256,
            SealedSha256 = about.SealedSha256,
            PreviousHash = previous,
            Hash = hash,
        };
    }

    private static byte[] HashOf(CustodyEvent link)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(link.EvidenceId.Value);
            json.WriteNumberValue(link.Seq);
            json.WriteStringValue(link.Act.ToString());
            json.WriteStringValue(link.Actor);
            json.WriteStringValue(link.Action);
            json.WriteStringValue(link.Purpose);
            json.WriteStringValue(link.Tool);
            json.WriteStringValue(link.Workstation);
            json.WriteNumberValue(link.At.Ticks);
            json.WriteBase64StringValue(link.ContentSha256);
            json.WriteBase64StringValue(link.SealedSha256);
            json.WriteBase64StringValue(link.PreviousHash);
            json.WriteEndArray();
        }

        return SHA256.HashData(buffer.ToArray());
    }
}

internal sealed class CustodyEventMap : IEntityTypeConfiguration<CustodyEvent>
{
    public void Configure(EntityTypeBuilder<CustodyEvent> builder)
    {
        builder.ToTable("custody_events");
        builder.HasKey(e => new { e.EvidenceId, e.Seq });
        builder.Property(e => e.Actor).HasMaxLength(80);
        builder.Property(e => e.Action).HasMaxLength(80);
        builder.Property(e => e.Purpose).HasMaxLength(200);
        builder.Property(e => e.Tool).HasMaxLength(80);
        builder.Property(e => e.Workstation).HasMaxLength(80);
        builder.HasOne<EvidenceObject>().WithMany().HasForeignKey(e => e.EvidenceId);
        builder.HasIndex(e => e.At);
    }
}
