using Egida.Intake.Addresses;
using Egida.Intake.Form;
using Egida.Intake.Receipts;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Intake;

/// <summary>
/// Somebody tells us what they saw, and where. Each place becomes one report on one item, old or new; the whole form has one receipt.
/// What can't be read as an address is kept as it was typed and goes to a person.
/// </summary>
public sealed class FileReport(IServiceScopeFactory scopes, FormTokens tokens, TimeProvider clock)
{
    public const int MaxPlaces = 20;
    public const int MaxAddressText = 200_000;
    public const int MaxDetails = 4_000;

    public static readonly ActionKind Kind = new("intake.file-report");

    // Two people who report one new address at the same instant: the second sees the first one's item at the next try.
    private const int MaxTries = 40;

    public sealed record Form(string Addresses, ReportedConcern? Concern, string Details, string Language, ReportDoubt? Doubt);

    /// <summary>One place, with every spelling of it that stood in the form.</summary>
    public sealed record Place(int Line, TypedAddress Address, string AsTyped);

    public enum Problem
    {
        AddressesMissing,
        AddressesTooLong,
        ConcernMissing,
        DetailsTooLong,
    }

    public abstract record Decision
    {
        private Decision()
        {
        }

        public sealed record Refused(IReadOnlyList<Problem> Problems) : Decision;

        /// <param name="Left">More than the limit: shown to the reporter for the next form.</param>
        public sealed record Accepted(IReadOnlyList<Place> Places, IReadOnlyList<string> Left) : Decision;
    }

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Refused(IReadOnlyList<Problem> Problems) : Outcome;

        /// <param name="Before">The same form had been sent before: same receipt, nothing doubled.</param>
        public sealed record Filed(ReceiptCode Receipt, Decision.Accepted What, bool Before) : Outcome;

        /// <summary>This form had been sent, then something else was written into it: it needs a form of its own.</summary>
        public sealed record ChangedAfterSending : Outcome;
    }

    public static Decision Decide(Form form)
    {
        var pieces = form.Addresses.Length <= MaxAddressText ? AddressLines.Split(form.Addresses) : [];
        List<Problem> problems =
        [
            .. form.Addresses.Length > MaxAddressText ? [Problem.AddressesTooLong] : pieces.Count == 0 ? [Problem.AddressesMissing] : Array.Empty<Problem>(),
            .. form.Concern is null ? [Problem.ConcernMissing] : Array.Empty<Problem>(),
            .. form.Details.Length > MaxDetails ? [Problem.DetailsTooLong] : Array.Empty<Problem>(),
        ];
        if (problems.Count > 0)
        {
            return new Decision.Refused(problems);
        }

        var places = pieces
            .Select(piece => (Typed: AddressNormaliser.Normalise(piece), piece))
            .GroupBy(p => Convert.ToHexString(p.Typed.Key))
            .Select((same, index) => new Place(index + 1, same.First().Typed, EvidenceText.Keep(string.Join('\n', same.Select(p => p.piece).Distinct()))))
            .ToList();
        return new Decision.Accepted([.. places.Take(MaxPlaces)], [.. places.Skip(MaxPlaces).Select(p => p.AsTyped)]);
    }

    public async Task<Outcome> Handle(Form form, FormNonce nonce, CancellationToken cancellation)
    {
        var decision = Decide(form);
        if (decision is not Decision.Accepted accepted)
        {
            return new Outcome.Refused(((Decision.Refused)decision).Problems);
        }

        form = form with { Details = EvidenceText.Keep(form.Details.Trim()) };
        var receipt = tokens.ReceiptOf(nonce);
        if (await ChangedSince(form, receipt, cancellation))
        {
            return new Outcome.ChangedAfterSending();
        }

        var before = true;
        foreach (var place in accepted.Places)
        {
            before &= !await FilePlace(form, place, receipt.Hash, cancellation);
        }

        return new Outcome.Filed(receipt, accepted, before);
    }

    private async Task<bool> ChangedSince(Form form, ReceiptCode receipt, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var details = form.Details.Length == 0 ? null : form.Details;
        return await scope.ServiceProvider.GetRequiredService<EgidaDb>().Set<Report>()
            .AnyAsync(r => r.ReceiptHash == receipt.Hash && (r.Concern != form.Concern || r.Details != details), cancellation);
    }

    /// <returns>False when this form had reported the place before.</returns>
    private async Task<bool> FilePlace(Form form, Place place, byte[] receiptHash, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                return await TryFile(scope.ServiceProvider, form, place, receiptHash, cancellation);
            }
            catch (DbUpdateException) when (attempt < MaxTries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5 * attempt), clock, cancellation);
            }
        }
    }

    private static async Task<bool> TryFile(IServiceProvider services, Form form, Place place, byte[] receiptHash, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<EgidaDb>();
        var key = place.Address.Key;
        var known = await db.Set<Item>().FirstOrDefaultAsync(i => i.AddressKey == key, cancellation);
        if (known is not null && await db.Set<Report>().AnyAsync(r => r.ReceiptHash == receiptHash && r.ItemId == known.Id, cancellation))
        {
            return false;
        }

        var clock = services.GetRequiredService<TimeProvider>();
        var id = known?.Id ?? Id.New<ItemId>(clock);
        var action = services.GetRequiredService<ActionBook>().Begin(Kind, Actor.Public, id.Subject);
        var item = known ?? await Open(action, id, place, cancellation);
        if (item.Joined(action.Now) is { } was)
        {
            action.Emit(new ItemReopened(id, was));
        }

        var report = new Report
        {
            Id = Id.New<ReportId>(clock),
            ItemId = id,
            FiledAt = action.Now,
            Channel = IntakeChannel.WebForm,
            Concern = form.Concern!.Value,
            Language = form.Language,
            Line = place.Line,
            AsTyped = new ReportedAddress(place.AsTyped),
            Details = form.Details.Length == 0 ? null : form.Details,
            Doubt = form.Doubt,
            ReceiptHash = receiptHash,
        };
        db.Add(report);
        action.Emit(new ReportFiled(report.Id, id, report.Channel, report.Concern, Joined: known is not null));
        await action.Commit(cancellation);
        return true;
    }

    private static async Task<Item> Open(ActionContext action, ItemId id, Place place, CancellationToken cancellation)
    {
        var item = new Item
        {
            Id = id,
            AddressKey = place.Address.Key,
            Address = place.Address switch
            {
                TypedAddress.Web web => web.Address,
                TypedAddress.Onion onion => onion.Address,
                _ => null,
            },
            Host = place.Address switch
            {
                TypedAddress.Web web => web.Host,
                TypedAddress.Onion onion => onion.Host,
                _ => null,
            },
            AsTyped = new ReportedAddress(place.AsTyped),
            OpenedAt = action.Now,
            PersonNeeded = place.Address switch
            {
                TypedAddress.Web => null,
                TypedAddress.Onion or TypedAddress.OtherScheme or TypedAddress.AppOrName => PersonNeeded.AddressKindUnsupported,
                _ => PersonNeeded.AddressUnclear,
            },
        };
        action.Db.Add(item);
        await action.Reach(item, Station.Filed, cancellation);
        action.Emit(new ItemOpened(id, Fetchable: place.Address is TypedAddress.Web));
        return item;
    }
}
