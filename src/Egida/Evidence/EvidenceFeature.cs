using Egida.Access;
using Egida.Evidence.Capture;
using Egida.Evidence.Destruction;
using Egida.Evidence.Hosts;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Evidence;

/// <summary>Capture, sealed store, keys, custody.</summary>
public static class EvidenceFeature
{
    public static IServiceCollection AddEvidence(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(s => CaptureSettings.From(s.GetRequiredService<IConfiguration>()))
        .AddSingleton(s => new Spool(s.GetRequiredService<CaptureSettings>().Spool))
        .AddSingleton<CaseKeys>()
        .AddSingleton(s => new SealedStore(s.GetRequiredService<IConfiguration>(), s.GetRequiredService<CaseKeys>()))
        .AddSingleton(s => new StillThere(s.GetRequiredService<Spool>(), s.GetRequiredService<CaptureSettings>(), s.GetRequiredService<TimeProvider>()))
        .AddScoped<DestroyEvidence>()
        .AddDuty(70, "Destruction", "/staff/evidence", Right.DecideDestruction, (db, staff, _, cancellation) => db.Set<EvidenceDestruction>()
            .CountAsync(d => d.State == DestructionState.Proposed && d.ProposedBy != staff.Id, cancellation))
        .AddNavigation(20, "Evidence", "/staff/evidence", Right.SeeEvidenceFacts)
        .AddItemSection<EvidenceSection>(30, Right.SeeEvidenceFacts)
        .AddItemSection<HostsSection>(31, Right.SeeTraces)
        .AddNextAct<NextCapture>(45, Right.CaptureAgain, item => item is
        {
            ClosedAt: null, LastStation: < Station.Captured, PersonNeeded: PersonNeeded.CaptureFailed or PersonNeeded.NotToBeCaptured,
        })
        .AddWork<CaptureItem>(CaptureItem.Work)
        .AddWork<TraceHosts>(TraceHosts.WorkKind)
        .OnEvent<ItemCaptured>(e => new NewWork(TraceHosts.WorkKind, e.ItemId.Value))
        .OnEvent<ItemTraced>(e => new NewWork(CaptureItem.Work, e.ItemId.Value));

    public static IEndpointRouteBuilder MapEvidence(this IEndpointRouteBuilder routes)
    {
        ListEvidence.Map(routes);
        var evidence = routes.MapStaff("/evidence");
        evidence.MapPost("/{itemId}/again", CaptureAgain.Post).RequireRight(Right.CaptureAgain);
        evidence.MapGet("/{itemId}/destruction", ShowDestruction.Get).RequireRight(Right.SeeEvidenceFacts);
        evidence.MapPost("/{itemId}/destruction", ProposeDestruction.Post).RequireRight(Right.ProposeDestruction);
        evidence.MapPost("/destructions/{destructionId}", DecideDestruction.Post).RequireRight(Right.DecideDestruction);
        return routes;
    }
}
