using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Police.Preservation;

public readonly record struct PreservationRequestId(Guid Value) : IId<PreservationRequestId>
{
    public static PreservationRequestId From(Guid value) => new(value);

    public static bool TryParse(string? text, out PreservationRequestId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>A provider was asked to keep the data of an item until the police or a court ask for it. The letter's attempts are mail attempts of the same id.</summary>
public sealed class PreservationRequest : Versioned
{
    public required PreservationRequestId Id { get; init; }

    public required PolicePackageId PackageId { get; init; }

    public required ItemId ItemId { get; init; }

    /// <summary>`EGZ-2026-000001`</summary>
    public required string Number { get; init; }

    public required string Provider { get; init; }

    /// <summary>The mailbox that the contacts knew when it was asked.</summary>
    public required string Recipient { get; init; }

    public required DateTime At { get; init; }

    public required StaffId By { get; init; }

    public DateTime? SentAt { get; internal set; }

    public DateTime? StoppedAt { get; internal set; }

    /// <summary>Why the letter is not sent any more: a code.</summary>
    public string? StoppedBecause { get; internal set; }
}

internal sealed class PreservationRequestMap : IEntityTypeConfiguration<PreservationRequest>
{
    public void Configure(EntityTypeBuilder<PreservationRequest> builder)
    {
        builder.ToTable("preservation_requests");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Property(r => r.Number).HasMaxLength(40);
        builder.Property(r => r.Provider).HasMaxLength(200);
        builder.Property(r => r.Recipient).HasMaxLength(254);
        builder.Property(r => r.StoppedBecause).HasMaxLength(80);
        builder.HasOne<PolicePackage>().WithMany().HasForeignKey(r => r.PackageId);
        builder.HasOne<Item>().WithMany().HasForeignKey(r => r.ItemId);
        builder.HasIndex(r => r.Number).IsUnique();
    }
}
