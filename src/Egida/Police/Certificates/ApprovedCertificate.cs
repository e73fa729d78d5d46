using Egida.Contacts;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Police.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police.Certificates;

/// <summary>The certificate that a unit's packages are sealed for: the newest that two persons approved and whose time has begun, if it is still that one and still serves.</summary>
internal static class ApprovedCertificate
{
    /// <returns>Either the recipient or a code and what somebody must do.</returns>
    public static async Task<(Recipient? Recipient, string? Problem)> Of(EgidaDb db, PoliceUnit unit, DateTime now, CancellationToken cancellation)
    {
        var approved = await db.Set<PoliceCertificate>().AsNoTracking().Where(c => c.Unit == unit.Code && c.State == PoliceCertificateState.Approved)
            .OrderByDescending(c => c.ValidFrom <= now).ThenByDescending(c => c.DecidedAt).FirstOrDefaultAsync(cancellation);
        if (approved is null)
        {
            return (null, $"no-certificate: no certificate of the unit {unit.Code} has been approved by two persons; bring it in on the page Police, Certificates");
        }

        if (PoliceCertificate.Read(approved.Encoded) is not { } certificate)
        {
            return (null, Swapped(unit));
        }

        if (Recipient.FingerprintOf(certificate) != approved.Fingerprint || !await IsInTheLog(db, approved, cancellation))
        {
            certificate.Dispose();
            return (null, Swapped(unit));
        }

        var result = Recipient.Of(certificate, now);
        if (result.Recipient is null)
        {
            certificate.Dispose();
        }

        return result;
    }

    /// <summary>The event of its approval is part of the signed log; a row changed behind our back doesn't agree with it.</summary>
    private static async Task<bool> IsInTheLog(EgidaDb db, PoliceCertificate approved, CancellationToken cancellation)
    {
        var subject = PoliceCertificate.SubjectOf(approved.Unit);
        var decided = await db.Set<EventEntry>().AsNoTracking().Where(e => e.Type == nameof(PoliceCertificateDecided) && e.Subject == subject).Select(e => e.Data).ToListAsync(cancellation);
        return decided.Select(d => System.Text.Json.JsonSerializer.Deserialize<PoliceCertificateDecided>(d, DomainEvent.Json)!)
            .Any(d => d.CertificateId == approved.Id && d.State == PoliceCertificateState.Approved && d.Fingerprint == approved.Fingerprint);
    }

    private static string Swapped(PoliceUnit unit) =>
        $"certificate-swapped: what lies in the database for the unit {unit.Code} isn't the certificate that two persons approved, so nothing is sealed for it; find out who changed it, then bring the right one in anew";
}
