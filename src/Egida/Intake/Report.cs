using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Intake;

/// <summary>In plain words what the reporter thinks it is; an analyst maps it to an official class later.</summary>
public enum ReportedConcern
{
    ChildAbuseMaterial,
    ContactWithChild,
    Threats,
    OtherIllegal,
    NotSure,
}

public enum IntakeChannel
{
    WebForm,
    Staff,
}

/// <summary>A sign that a machine filled in the form. Nothing is refused for it.</summary>
public enum ReportDoubt
{
    FilledTooFast,
    HiddenFieldFilled,
}

/// <summary>What one person told us. Never changed; several reports may be about one item.</summary>
public sealed class Report
{
    public required ReportId Id { get; init; }

    public required ItemId ItemId { get; init; }

    public required DateTime FiledAt { get; init; }

    public required IntakeChannel Channel { get; init; }

    public required ReportedConcern Concern { get; init; }

    /// <summary>pl, en or uk: the answer is given in it.</summary>
    public required string Language { get; init; }

    /// <summary>Which place of the form this is, from 1: the receipt tells the answers in the order in which they were typed.</summary>
    public int Line { get; init; } = 1;

    /// <summary>The line as typed.</summary>
    public required ReportedAddress AsTyped { get; init; }

    public string? Details { get; init; }

    public ReportDoubt? Doubt { get; init; }

    /// <summary>SHA-256 of the receipt code; the code itself is nowhere. One receipt may cover several reports (several addresses in one form).</summary>
    public required byte[] ReceiptHash { get; init; }
}

internal sealed class ReportMap : IEntityTypeConfiguration<Report>
{
    public void Configure(EntityTypeBuilder<Report> builder)
    {
        builder.ToTable("reports");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.AsTyped).HasConversion(a => a.Text, t => new ReportedAddress(t));
        builder.Property(r => r.Language).HasMaxLength(5);
        builder.HasOne<Item>().WithMany().HasForeignKey(r => r.ItemId);
        // One form reports one place once, however often it is sent.
        builder.HasIndex(r => new { r.ReceiptHash, r.ItemId }).IsUnique();
        builder.HasIndex(r => r.FiledAt);
    }
}
