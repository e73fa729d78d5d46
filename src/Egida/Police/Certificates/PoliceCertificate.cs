using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Police.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Police.Certificates;

public readonly record struct PoliceCertificateId(Guid Value) : IId<PoliceCertificateId>
{
    public static PoliceCertificateId From(Guid value) => new(value);

    public static bool TryParse(string? text, out PoliceCertificateId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

public enum PoliceCertificateState
{
    Proposed,

    /// <summary>The newest approved one of a unit is the one that is sealed for.</summary>
    Approved,
    Refused,
}

/// <summary>A certificate that packages for a unit may be sealed for: one person brings it in, another compares its fingerprint with the unit and approves it.</summary>
public sealed class PoliceCertificate : Versioned
{
    public required PoliceCertificateId Id { get; init; }

    /// <summary>The unit's code in police.json.</summary>
    public required string Unit { get; init; }

    /// <summary>The certificate, DER.</summary>
    public required byte[] Encoded { get; init; }

    /// <summary>SHA-256 over it, lower-case hex.</summary>
    public required string Fingerprint { get; init; }

    public required string Subject { get; init; }

    public required DateTime ValidFrom { get; init; }

    public required DateTime ValidUntil { get; init; }

    public required StaffId ProposedBy { get; init; }

    public required DateTime ProposedAt { get; init; }

    /// <summary>How it came here.</summary>
    public required string Reason { get; init; }

    public PoliceCertificateState State { get; internal set; }

    public StaffId? DecidedBy { get; internal set; }

    public DateTime? DecidedAt { get; internal set; }

    internal static string SubjectOf(string unit) => $"police-unit:{unit}";

    /// <summary>From PEM text or DER; null when it is neither.</summary>
    internal static X509Certificate2? Read(byte[] encoded)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(encoded);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal static PoliceCertificate Of(ActionContext action, string unit, X509Certificate2 certificate, StaffId by) => new()
    {
        Id = Platform.Database.Id.New<PoliceCertificateId>(action.Clock),
        Unit = unit,
        Encoded = certificate.RawData,
        Fingerprint = Recipient.FingerprintOf(certificate),
        Subject = certificate.Subject.Length <= 300 ? certificate.Subject : certificate.Subject[..300],
        ValidFrom = certificate.NotBefore.ToUniversalTime(),
        ValidUntil = certificate.NotAfter.ToUniversalTime(),
        ProposedBy = by,
        ProposedAt = action.Now,
        Reason = action.Reason!,
    };
}

internal sealed class PoliceCertificateMap : IEntityTypeConfiguration<PoliceCertificate>
{
    public void Configure(EntityTypeBuilder<PoliceCertificate> builder)
    {
        builder.ToTable("police_certificates");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Property(c => c.Unit).HasMaxLength(20);
        builder.Property(c => c.Fingerprint).HasMaxLength(64);
        builder.Property(c => c.Subject).HasMaxLength(300);
        builder.Property(c => c.Reason).HasMaxLength(ProposePoliceCertificate.LongestReason);
        builder.HasIndex(c => new { c.Unit, c.State });
    }
}
