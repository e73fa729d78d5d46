using Egida.Access;
using Egida.HashBank.Sampling;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Egida.Platform.Work;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Imports.Sources.Health;

/// <summary>For staff: how the sources do, all of them in one table, and each on a page of its own with its days.</summary>
internal static class ShowSources
{
    public const string Path = "/staff/hash-bank/sources";

    public static IServiceCollection AddSourceHealth(this IServiceCollection services) => services
        .AddScoped<ReadSourceHealth>()
        .AddScoped<AskFeedAgain>()
        .AddSingleton(provider => new StaffDuty(57, "SilentSources", Path, Right.SeeHashImports, async (db, _, now, cancellation) =>
            (await FeedHealth.Load(
                db, provider.GetRequiredService<IOptions<FeedsOptions>>().Value, provider.GetRequiredService<IOptions<WorkOptions>>().Value, cancellation))
            .Count(f => f.Mood(now) is FeedMood.Silent or FeedMood.Stopped)));

    public static void MapSourceHealth(this IEndpointRouteBuilder bank)
    {
        bank.MapGet("/sources", Get).RequireRight(Right.SeeHashImports);
        bank.MapGet("/sources/{code}", GetOne).RequireRight(Right.SeeHashImports);
        bank.MapPost("/sources/imports/{importId}", Decide).RequireRight(Right.ReleaseHashImport);
        bank.MapPost("/sources/feeds/{feed}/again", AskFeedAgain.Post).RequireRight(Right.RetryWork);
    }

    private static Task<IResult> Get(CurrentStaff staff, ReadSourceHealth read, TimeProvider clock, CancellationToken cancellation) =>
        Answer(staff, read, clock, HeldImports.Typed.Nothing, [], cancellation);

    private static async Task<IResult> GetOne(string code, HttpContext context, CurrentStaff staff, ReadSourceHealth read, SamplingTerms terms, TimeProvider clock, CancellationToken cancellation) =>
        (await read.Handle(cancellation)).FirstOrDefault(s => s.Source.Code == code) is { } one
            ? Page.Of<SourcePage>(new { Of = one, MayAskAgain = staff.Has(Right.RetryWork), Now = clock.GetUtcNow().UtcDateTime, terms.ShownFrom })
            : Problems.Page(context, StatusCodes.Status404NotFound);

    /// <summary>A held import is let go on or abandoned: as on the page of imports, for whichever of them, in any order.</summary>
    private static async Task<IResult> Decide(
        ImportRunId importId, HttpContext context, CurrentStaff staff, ReleaseImport release, ReadSourceHealth read, TimeProvider clock, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var typed = new HeldImports.Typed(importId, form[HeldImports.Reason(importId)].ToString(), form[HeldImports.Decision(importId)].ToString());
        // Whatever isn't a clear "go on" isn't one.
        return await release.Handle(importId, staff.Id, typed.Why, typed.Chosen == HeldImports.GoOn, cancellation) switch
        {
            SpokenOutcome.Done => TypedResults.LocalRedirect(Path),
            SpokenOutcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
            SpokenOutcome.NothingToDo => Problems.Page(context, StatusCodes.Status409Conflict),
            _ => await Answer(staff, read, clock, typed, [new FormError(HeldImports.Reason(importId), words.Of("hash-import.reason.problem", SpeakAgainst.LongestReason))], cancellation),
        };
    }

    private static async Task<IResult> Answer(CurrentStaff staff, ReadSourceHealth read, TimeProvider clock, HeldImports.Typed typed, IReadOnlyList<FormError> errors, CancellationToken cancellation) =>
        Page.Of<SourcesPage>(
            new { Staff = staff, Sources = await read.Handle(cancellation), Now = clock.GetUtcNow().UtcDateTime, Typed = typed, Errors = errors },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
