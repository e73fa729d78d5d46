using System.Security.Cryptography;
using Egida.Evidence.Sealing;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Evidence;

/// <summary>The key of one case, under the installation's master key. Every object's key lies under it: without it nothing of the case opens again.</summary>
public sealed class CaseKey : Versioned
{
    public required ItemId ItemId { get; init; }

    /// <summary>Null once destroyed.</summary>
    public required byte[]? Wrapped { get; set; }

    public required DateTime MadeAt { get; init; }

    public DateTime? DestroyedAt { get; set; }
}

/// <summary>Makes, opens and destroys case keys.</summary>
internal sealed class CaseKeys(KeyFolder keys)
{
    private readonly Lazy<byte[]> master = new(() => keys.Symmetric("case-master"));

    /// <summary>The item's case key in the clear; made if the item has none yet. Clear it after use.</summary>
    /// <returns>Null when it was destroyed.</returns>
    public async Task<byte[]?> OpenOrMake(ActionContext action, ItemId item, CancellationToken cancellation)
    {
        if (await action.Db.Set<CaseKey>().FindAsync([item], cancellation) is { } known)
        {
            return Open(known);
        }

        var key = RandomNumberGenerator.GetBytes(SealedFormat.KeySize);
        action.Db.Add(new CaseKey { ItemId = item, Wrapped = WrappedKey.Wrap(master.Value, key, Purpose(item)), MadeAt = action.Now });
        return key;
    }

    public byte[]? Open(CaseKey key) => key.Wrapped is null ? null : WrappedKey.Unwrap(master.Value, key.Wrapped, Purpose(key.ItemId));

    /// <summary>What an object's key is wrapped for: this object with this sealed content, nothing else.</summary>
    public static string Purpose(EvidenceId id, ReadOnlySpan<byte> sealedSha256) => $"egida object {id.Value:N} {Convert.ToHexStringLower(sealedSha256)}";

    private static string Purpose(ItemId item) => $"egida case {item.Value:N}";
}

internal sealed class CaseKeyMap : IEntityTypeConfiguration<CaseKey>
{
    public void Configure(EntityTypeBuilder<CaseKey> builder)
    {
        builder.ToTable("case_keys");
        builder.HasKey(k => k.ItemId);
        builder.Property(k => k.ItemId).ValueGeneratedNever();
        builder.Property(k => k.Version).IsConcurrencyToken();
        builder.HasOne<Item>().WithMany().HasForeignKey(k => k.ItemId);
    }
}
