using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank;

/// <summary>
/// What an item is said to be: labels of a scheme, the outcome per jurisdiction with its law, the series. Millions of records share a few hundred of
/// these, so each is kept once.
/// </summary>
public sealed class Classification
{
    public int Id { get; internal set; }

    /// <summary>Which scheme the labels and codes are of: <c>ucs/1</c>, <c>vics-2.0/US</c>. The same code means different things in two contexts.</summary>
    public required string Scheme { get; init; }

    /// <summary>The label set (group → codes) as JSON: each country's law is applied to it anew.</summary>
    public required string Labels { get; init; }

    /// <summary>Outcome per jurisdiction as its contributor stated it: <c>{"PL":"illegal"}</c>.</summary>
    public required string Outcomes { get; init; }

    /// <summary>The law that the outcome rests on, by section.</summary>
    public string? Law { get; init; }

    public string? Series { get; init; }

    /// <summary>SHA-256 over all of it: two that are equal are one.</summary>
    public required byte[] Key { get; init; }

    public static Classification Of(string scheme, string labels, string outcomes = "{}", string? law = null, string? series = null) => new()
    {
        Scheme = scheme,
        Labels = labels,
        Outcomes = outcomes,
        Law = law,
        Series = series,
        Key = SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { scheme, labels, outcomes, law, series }))),
    };

    /// <summary>The outcome for a jurisdiction; null where nobody stated one.</summary>
    public string? OutcomeIn(string jurisdiction) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Outcomes)?.GetValueOrDefault(jurisdiction);
}

internal sealed class ClassificationMap : IEntityTypeConfiguration<Classification>
{
    public void Configure(EntityTypeBuilder<Classification> builder)
    {
        builder.ToTable("hash_classifications");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Scheme).HasMaxLength(80);
        builder.Property(c => c.Law).HasMaxLength(200);
        builder.Property(c => c.Series).HasMaxLength(200);
        builder.HasIndex(c => c.Key).IsUnique();
    }
}
