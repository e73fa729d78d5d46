using Egida.Platform.Actions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Platform.Database;

/// <summary>Numbers that people say to each other, `PREFIX-2026-000123`: taken inside the action that uses them, so none is given twice.</summary>
public sealed class RunningNumber : Versioned
{
    public required string Series { get; init; }

    public required int Year { get; init; }

    public int Last { get; private set; }

    /// <summary>Two takers at once: the second commit is refused and tried again.</summary>
    public static async Task<string> Take(ActionContext action, string series, CancellationToken cancellation)
    {
        var year = action.Now.Year;
        // One that this very action made isn't in the database yet.
        var row = action.Db.Set<RunningNumber>().Local.FirstOrDefault(n => n.Series == series && n.Year == year)
            ?? await action.Db.Set<RunningNumber>().FirstOrDefaultAsync(n => n.Series == series && n.Year == year, cancellation);
        if (row is null)
        {
            row = new RunningNumber { Series = series, Year = year };
            action.Db.Add(row);
        }

        row.Last++;
        return $"{series}-{year:0000}-{row.Last:000000}";
    }
}

internal sealed class RunningNumberMap : IEntityTypeConfiguration<RunningNumber>
{
    public void Configure(EntityTypeBuilder<RunningNumber> builder)
    {
        builder.ToTable("running_numbers");
        builder.HasKey(n => new { n.Series, n.Year });
        builder.Property(n => n.Series).HasMaxLength(20);
        builder.Property(n => n.Year).ValueGeneratedNever();
        builder.Property(n => n.Version).IsConcurrencyToken();
    }
}
