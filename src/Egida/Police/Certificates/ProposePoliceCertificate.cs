using System.Security.Cryptography.X509Certificates;
using System.Text;
using Egida.Access;
using Egida.Contacts;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Egida.Police.Sealing;
using Microsoft.AspNetCore.Mvc;

namespace Egida.Police.Certificates;

public sealed record PoliceCertificateProposed(PoliceCertificateId CertificateId, string Unit, string Fingerprint) : DomainEvent;

/// <summary>Somebody brings in a unit's certificate, as a PEM text, and says how they got it. Nothing is sealed for it until somebody else approves it.</summary>
internal static class ProposePoliceCertificate
{
    public const int LongestReason = 500;
    private const int LongestText = 20_000;

    public static readonly ActionKind Kind = new("police.propose-certificate") { ReasonRequired = true };

    /// <summary>A field and the text that says what is wrong with it.</summary>
    internal static (X509Certificate2? Certificate, (string Field, string Text)? Problem) Decide(PoliceUnit? unit, string? pem, string? reason, DateTime now)
    {
        if (unit is null)
        {
            return (null, ("unit", "police.certificate.problem.unit"));
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            return (null, ("reason", "police.certificate.problem.reason"));
        }

        if (pem is null || pem.Length > LongestText || PoliceCertificate.Read(Encoding.UTF8.GetBytes(pem.Trim())) is not { } certificate)
        {
            return (null, ("certificate", "police.certificate.problem.unreadable"));
        }

        // One that is valid from next month may be brought in and approved ahead of time.
        var objection = Recipient.Objection(certificate, now > certificate.NotBefore.ToUniversalTime() ? now : certificate.NotBefore.ToUniversalTime());
        if (objection is null)
        {
            return (certificate, null);
        }

        certificate.Dispose();
        return (null, ("certificate", $"police.{objection.Split(':')[0]}"));
    }

    /// <summary>POST /staff/police/certificates</summary>
    internal static async Task<IResult> Post(
        [FromForm] string? unit, [FromForm] string? certificate, [FromForm] string? reason,
        CurrentStaff staff, EgidaDb db, ActionBook actions, PoliceUnits units, Words words, TimeProvider clock, CancellationToken cancellation)
    {
        var (read, problem) = Decide(units.Find(unit), certificate, reason, clock.GetUtcNow().UtcDateTime);
        if (problem is { } wrong)
        {
            return await ShowPoliceCertificates.Show(staff, db, units, [new FormError(wrong.Field, words[wrong.Text])], new(unit, certificate, reason), cancellation);
        }

        using (read)
        {
            await Propose(actions, staff.Id, unit!, read!, reason!, cancellation);
        }

        return TypedResults.LocalRedirect("/staff/police/certificates");
    }

    internal static async Task<PoliceCertificateId> Propose(ActionBook actions, StaffId by, string unit, X509Certificate2 certificate, string reason, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.Of(by), PoliceCertificate.SubjectOf(unit), reason);
        var proposed = PoliceCertificate.Of(action, unit, certificate, by);
        action.Db.Add(proposed);
        action.Emit(new PoliceCertificateProposed(proposed.Id, unit, proposed.Fingerprint));
        await action.Commit(cancellation);
        return proposed.Id;
    }
}
