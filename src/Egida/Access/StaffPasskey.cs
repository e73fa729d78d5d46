using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Access;

public readonly record struct PasskeyId(Guid Value) : IId<PasskeyId>
{
    public static PasskeyId From(Guid value) => new(value);

    public static bool TryParse(string? text, out PasskeyId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>One passkey of one person, as Identity keeps it: the public key and its counter, nothing that could sign in.</summary>
public sealed class StaffPasskey : IdentityUserPasskey<Guid>
{
    /// <summary>What the log and the addresses of our pages call it; the credential's own id stays between browser and server.</summary>
    public PasskeyId Id { get; set; }

    public DateTime AddedAt { get; set; }

    public DateTime? LastUsedAt { get; set; }
}

/// <summary>
/// A challenge that was answered, kept as SHA-256. Identity carries the challenge in a sealed cookie, which the browser drops after its use; whoever had
/// copied cookie and answer could send both again while the cookie lives, and most authenticators count nothing. So each is taken once.
/// </summary>
public sealed class SpentChallenge
{
    public required byte[] Hash { get; init; }

    public required StaffId Staff { get; init; }

    public required DateTime SpentAt { get; init; }
}

internal sealed class StaffPasskeyMap : IEntityTypeConfiguration<StaffPasskey>, IEntityTypeConfiguration<SpentChallenge>
{
    public void Configure(EntityTypeBuilder<StaffPasskey> builder)
    {
        builder.ToTable("passkeys");
        builder.HasKey(p => p.CredentialId);
        builder.Property(p => p.CredentialId).HasMaxLength(1024);
        builder.OwnsOne(p => p.Data).ToJson();
        builder.HasIndex(p => p.Id).IsUnique();
        builder.HasOne<StaffMember>().WithMany().HasForeignKey(p => p.UserId).IsRequired();
    }

    public void Configure(EntityTypeBuilder<SpentChallenge> builder)
    {
        builder.ToTable("spent_challenges");
        builder.HasKey(c => c.Hash);
        builder.HasIndex(c => c.Staff);
    }
}
