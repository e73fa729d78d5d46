using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank;

/// <summary>The last numbers given out. One row, changed only by whoever has the turn (<see cref="Platform.Actions.ActionContext.TakeTurn"/>).</summary>
public sealed class BankHead
{
    public required int Id { get; init; }

    /// <summary>Which bank this is: an index on disk that followed another one is of no use. Made with the first record.</summary>
    public Guid? Bank { get; set; }

    public int Records { get; set; }

    public int Statements { get; set; }

    public int Classifications { get; set; }

    public long Changes { get; set; }
}

internal sealed class BankHeadMap : IEntityTypeConfiguration<BankHead>
{
    public void Configure(EntityTypeBuilder<BankHead> builder)
    {
        builder.ToTable("hash_bank_head");
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Changes).IsConcurrencyToken();
        builder.HasData(new BankHead { Id = 1 });
    }
}
