using Egida.Access;
using Egida.Contacts;
using Egida.Contacts.Desks;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Web;
using Egida.Tracing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police.Preservation;

public sealed record PreservationRequested(ItemId ItemId, Guid RequestId) : DomainEvent;

/// <summary>
/// The police want a provider to keep what it knows of an item (logs, accounts) until they come with an order: somebody asks the provider for it, in the country's own words, at the
/// mailbox that the contacts know. No mailbox can be typed: a letter with an address goes to nobody whom nobody checked.
/// </summary>
internal static class RequestPreservation
{
    public const int LongestReason = 500;
    public const string Series = "EGZ";

    public static readonly ActionKind Kind = new("police.request-preservation") { ReasonRequired = true };

    internal abstract record Outcome
    {
        public sealed record Asks(ProviderContact Provider) : Outcome;

        /// <param name="Problem">Of the page's `problem` texts.</param>
        public sealed record Refused(string Problem) : Outcome;
    }

    internal static Outcome Decide(ProviderContact? provider, bool askedBefore, string? reason) => provider switch
    {
        _ when string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason => new Outcome.Refused("preservation-reason"),
        null => new Outcome.Refused("preservation-nobody"),
        _ when askedBefore => new Outcome.Refused("preservation-asked"),
        _ => new Outcome.Asks(provider),
    };

    /// <summary>POST /staff/police/{packageId}/preservation</summary>
    internal static async Task<IResult> Post(
        PolicePackageId packageId, [FromForm(Name = "preservationReason")] string? reason,
        CurrentStaff staff, EgidaDb db, ActionBook actions, ContactBook contacts, HttpContext context, CancellationToken cancellation)
    {
        if (await db.Set<PolicePackage>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == packageId, cancellation) is not { } package)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var provider = await ProviderOf(db, contacts, package.ItemId, cancellation);
        var asked = provider is not null && await db.Set<PreservationRequest>().AnyAsync(r => r.ItemId == package.ItemId && r.Recipient == provider.AbuseMail && r.StoppedAt == null, cancellation);
        if (Decide(provider, asked, reason) is not Outcome.Asks asks)
        {
            return TypedResults.LocalRedirect($"/staff/police/{packageId}?problem={((Outcome.Refused)Decide(provider, asked, reason)).Problem}#preservation");
        }

        var action = actions.Begin(Kind, staff.Actor, package.ItemId.Subject, reason);
        var request = new PreservationRequest
        {
            Id = Id.New<PreservationRequestId>(action.Clock),
            PackageId = packageId,
            ItemId = package.ItemId,
            Number = await RunningNumber.Take(action, Series, cancellation),
            Provider = asks.Provider.Name ?? asks.Provider.AbuseMail,
            Recipient = asks.Provider.AbuseMail,
            At = action.Now,
            By = staff.Id,
        };
        db.Add(request);
        action.Emit(new PreservationRequested(package.ItemId, request.Id.Value));
        await action.Commit(cancellation);
        return TypedResults.LocalRedirect($"/staff/police/{packageId}#preservation");
    }

    /// <summary>Who takes complaints about the place where it was last seen. A mailbox that only a registry named isn't asked before a person has approved it.</summary>
    internal static async Task<ProviderContact?> ProviderOf(EgidaDb db, ContactBook contacts, ItemId item, CancellationToken cancellation)
    {
        var trace = await db.Set<HostingTrace>().AsNoTracking().Where(t => t.ItemId == item).OrderByDescending(t => t.At).FirstOrDefaultAsync(cancellation);
        if (trace is null || contacts.ProviderOf(trace) is not { } provider)
        {
            return null;
        }

        if (provider.Source == ContactSource.Registry)
        {
            if (await AskForDesk.Of(db, trace.Question(), cancellation) is not AskForDesk.Answer.Approved approved)
            {
                return null;
            }

            provider = provider with { AbuseMail = approved.Mail };
        }

        return MailBox.Parse(provider.AbuseMail, provider.Name) is null ? null : provider;
    }
}
