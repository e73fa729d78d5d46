using System.Diagnostics;
using Egida.Access;
using Egida.Contacts;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Egida.Platform.Work;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police.Certificates;

/// <summary>The fingerprint stands in the audit log: what is sealed for later must be what was approved.</summary>
public sealed record PoliceCertificateDecided(PoliceCertificateId CertificateId, string Unit, string Fingerprint, PoliceCertificateState State) : DomainEvent;

/// <summary>
/// Somebody else than who brought a certificate in calls the unit, has its fingerprint read out, and types what they heard. Only if that is the certificate's
/// it is approved; from then on packages for the unit are sealed for it, and those that waited are packed.
/// </summary>
internal static class DecidePoliceCertificate
{
    public static readonly ActionKind Kind = new("police.decide-certificate");

    internal abstract record Outcome
    {
        public sealed record Decided(PoliceCertificateState State) : Outcome;

        public sealed record DecidedBefore : Outcome;

        public sealed record OwnProposal : Outcome;

        public sealed record AnotherFingerprint : Outcome;
    }

    internal static Outcome Decide(PoliceCertificate certificate, StaffId decider, bool approve, string? heard) => certificate switch
    {
        { State: not PoliceCertificateState.Proposed } => new Outcome.DecidedBefore(),
        _ when certificate.ProposedBy == decider => new Outcome.OwnProposal(),
        _ when approve && Plain(heard) != certificate.Fingerprint => new Outcome.AnotherFingerprint(),
        _ => new Outcome.Decided(approve ? PoliceCertificateState.Approved : PoliceCertificateState.Refused),
    };

    /// <summary>POST /staff/police/certificates/{id}</summary>
    internal static async Task<IResult> Post(
        PoliceCertificateId id, [FromForm] string? decision,
        HttpContext context, CurrentStaff staff, EgidaDb db, ActionBook actions, PoliceUnits units, Words words, CancellationToken cancellation)
    {
        if (decision is not ("approve" or "refuse"))
        {
            return Problems.Page(context, StatusCodes.Status400BadRequest);
        }

        // A page may show several proposals, each with a field of its own.
        var heard = (await context.Request.ReadFormAsync(cancellation))[$"heard-{id}"].ToString();
        switch (await Handle(actions, db, staff.Id, id, decision == "approve", heard, cancellation))
        {
            case null:
                return Problems.Page(context, StatusCodes.Status404NotFound);
            case Outcome.DecidedBefore:
                return Problems.Page(context, StatusCodes.Status409Conflict);
            case Outcome.OwnProposal:
                return Problems.Page(context, StatusCodes.Status403Forbidden);
            case Outcome.AnotherFingerprint:
                return await ShowPoliceCertificates.Show(staff, db, units, [new FormError($"heard-{id}", words["police.certificate.problem.heard"])], null, cancellation);
            case Outcome.Decided:
                return TypedResults.LocalRedirect("/staff/police/certificates");
            default:
                throw new UnreachableException();
        }
    }

    /// <returns>Null when there is no such proposal.</returns>
    internal static async Task<Outcome?> Handle(
        ActionBook actions, EgidaDb db, StaffId by, PoliceCertificateId id, bool approve, string? heard, CancellationToken cancellation)
    {
        if (await db.Set<PoliceCertificate>().SingleOrDefaultAsync(c => c.Id == id, cancellation) is not { } certificate)
        {
            return null;
        }

        var outcome = Decide(certificate, by, approve, heard);
        if (outcome is not Outcome.Decided { State: var state })
        {
            return outcome;
        }

        var action = actions.Begin(Kind, Actor.Of(by), PoliceCertificate.SubjectOf(certificate.Unit));
        (certificate.State, certificate.DecidedBy, certificate.DecidedAt) = (state, by, action.Now);
        action.Emit(new PoliceCertificateDecided(id, certificate.Unit, certificate.Fingerprint, state));
        if (state == PoliceCertificateState.Approved)
        {
            foreach (var waiting in await Waiting(db, cancellation))
            {
                action.Enqueue(waiting);
            }
        }

        await action.Commit(cancellation);
        return outcome;
    }

    /// <summary>Packages that couldn't be sealed for want of a certificate; each looks for itself whether this was the one.</summary>
    private static async Task<List<NewWork>> Waiting(EgidaDb db, CancellationToken cancellation) =>
        [.. (await db.Set<WorkItem>().AsNoTracking()
            .Where(w => w.Kind == BuildPolicePackage.WorkKind && w.ParkedAt != null && w.LastProblem != null && (w.LastProblem.StartsWith("no-certificate") || w.LastProblem.StartsWith("certificate-")))
            .ToListAsync(cancellation)).Select(w => new NewWork(w.Kind, w.SubjectId) { Key = w.Key })];

    /// <summary>As people read it out: with colons, spaces and capitals.</summary>
    private static string Plain(string? fingerprint) =>
        new([.. (fingerprint ?? "").ToLowerInvariant().Where(char.IsAsciiHexDigitLower)]);
}
