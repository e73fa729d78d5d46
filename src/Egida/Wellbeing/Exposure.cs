using Egida.Intake;
using Egida.Platform.Actions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Wellbeing;

public enum ExposureKind
{
    /// <summary>Small, grey and blurred.</summary>
    Blurred,

    /// <summary>Deliberately revealed.</summary>
    Revealed,
}

/// <summary>One time that somebody was shown sealed material. Seen only by the person and the wellbeing officer; never part of a performance view.</summary>
public sealed class Exposure
{
    public required Guid Id { get; init; }

    public required StaffId Staff { get; init; }

    public required ItemId ItemId { get; init; }

    public required ExposureKind Kind { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Part of the showing's own action: nothing is shown that isn't counted.</summary>
    public static void Note(ActionContext action, StaffId staff, ItemId item, ExposureKind kind) => action.Db.Add(new Exposure
    {
        Id = Guid.CreateVersion7(action.Clock.GetUtcNow()),
        Staff = staff,
        ItemId = item,
        Kind = kind,
        At = action.Now,
    });
}

internal sealed class ExposureMap : IEntityTypeConfiguration<Exposure>
{
    public void Configure(EntityTypeBuilder<Exposure> builder)
    {
        builder.ToTable("exposures");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.HasIndex(e => new { e.Staff, e.At });
    }
}
