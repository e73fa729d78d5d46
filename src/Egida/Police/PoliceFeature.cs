using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Secrets;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Egida.Police.Answers;
using Egida.Police.Certificates;
using Egida.Police.Preservation;
using Egida.Police.Register;
using Egida.Police.Sealing;
using Egida.Police.TimeStamps;
using Egida.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Police;

/// <summary>Sealed packages and their hand-over.</summary>
public static class PoliceFeature
{
    public static IServiceCollection AddPolice(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PoliceOptions>().Bind(configuration.GetSection("Police")).ValidateOnStart();
        services.AddOptions<TimeStampOptions>().Bind(configuration.GetSection("TimeStamps")).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<PoliceOptions>, PoliceOptionsCheck>()
            .AddSingleton<IValidateOptions<TimeStampOptions>, TimeStampOptionsCheck>()
            .AddSingleton<PackageFolder>()
            .AddSingleton<TimeStampAuthority>()
            .AddSingleton(s => HotlineSeal.Of(
                s.GetRequiredService<KeyFolder>(), s.GetRequiredService<IConfiguration>(), s.GetRequiredService<Contacts.Institution>(), s.GetRequiredService<TimeProvider>()))
            .AddScoped<PackPart>()
            .AddWork<BuildPolicePackage>(BuildPolicePackage.WorkKind)
            .AddWork<StampPolicePackage>(StampPolicePackage.WorkKind)
            .AddWork<SendPoliceMail>(SendPoliceMail.WorkKind)
            .AddWork<SendPreservationRequest>(SendPreservationRequest.WorkKind)
            .AddScoped<FetchPolicePackage>()
            .AddDuty(50, "Packages", "/staff/police", Right.FetchPolicePackage, (db, _, _, cancellation) => db.Set<PolicePackage>()
                .CountAsync(p => p.StampedAt != null && p.Fetches == 0, cancellation))
            .AddFinder(Right.SeePolicePackages, async (db, typed, cancellation) => await db.Set<PolicePackage>().Where(p => p.Reference == typed.ToUpperInvariant())
                .Select(p => new Found("Police", p.Reference, $"/staff/police/{p.Id}")).ToListAsync(cancellation))
            .AddDuty(5, "UrgentPolice", "/staff/police", Right.TellPolice, (db, _, _, cancellation) => db.Set<PolicePackage>()
                .CountAsync(p => p.IsUrgent && p.PhonedAt == null && p.Fetches == 0, cancellation))
            .AddDuty(55, "PoliceCertificates", "/staff/police/certificates", Right.DecidePoliceCertificate, (db, staff, _, cancellation) => db.Set<PoliceCertificate>()
                .CountAsync(c => c.State == PoliceCertificateState.Proposed && c.ProposedBy != staff.Id, cancellation))
            .AddDuty(56, "PoliceAnswers", "/staff/police/answers", Right.AssessItem, (db, _, _, cancellation) => db.Set<PoliceAnswer>()
                .CountAsync(a => a.SeenAt == null, cancellation))
            .AddNavigation(70, "Police", "/staff/police", Right.SeePolicePackages)
            .AddItemSection<PoliceSection>(70, Right.SeePolicePackages)
            .AddItemSection<PoliceAnswerSection>(71, Right.SeeItems)
            .OnEvent<ItemRouted>((e, _) => e.Acts.Any(a => a.Kind == ActKind.Police) ? [new NewWork(BuildPolicePackage.WorkKind, e.ItemId.Value)] : [])
            .OnEvent<PolicePackageSealed>(e => new NewWork(StampPolicePackage.WorkKind, e.PackageId))
            .OnEvent<PreservationRequested>(e => new NewWork(SendPreservationRequest.WorkKind, e.RequestId))
            .OnEvent<PolicePackageStamped>(e => new NewWork(SendPoliceMail.WorkKind, e.PackageId));
    }

    public static IEndpointRouteBuilder MapPolice(this IEndpointRouteBuilder routes)
    {
        var police = routes.MapStaff("/police");
        police.MapGet("", ShowPolicePackages.List).RequireRight(Right.SeePolicePackages);
        police.MapGet("/{packageId}", ShowPolicePackages.One).RequireRight(Right.SeePolicePackages);
        police.MapGet("/handed-over", ShowHandedOver.Get).RequireRight(Right.SeePolicePackages);
        police.MapGet("/handed-over.csv", ShowHandedOver.Csv).RequireRight(Right.SeePolicePackages);
        police.MapGet("/answers", ShowPoliceAnswers.Get).RequireRight(Right.SeeItems);
        police.MapPost("/answers/{packageId}/{ordinal:int}", ShowPoliceAnswers.Note).RequireRight(Right.AssessItem);
        police.MapGet("/certificates", ShowPoliceCertificates.Get).RequireRight(Right.SeePolicePackages);
        police.MapPost("/certificates", ProposePoliceCertificate.Post).RequireRight(Right.ProposePoliceCertificate);
        police.MapPost("/certificates/{id}", DecidePoliceCertificate.Post).RequireRight(Right.DecidePoliceCertificate);
        police.MapPost("/{packageId}/phone", NotePhoneCall.Post).RequireRight(Right.TellPolice);
        police.MapPost("/{packageId}/unit", HandToAnotherUnit.Post).RequireRight(Right.TellPolice);
        police.MapPost("/{packageId}/preservation", RequestPreservation.Post).RequireRight(Right.TellPolice);
        police.MapPost("/{packageId}/answers", RecordPoliceAnswer.Post).RequireRight(Right.AnswerToHotline);
        police.MapPost("/{packageId}/receipts", ConfirmPoliceReceipt.Post).RequireRight(Right.AnswerToHotline);
        police.MapGet("/certificate", ShowPolicePackages.Certificate).RequireRight(Right.SeePolicePackages);
        police.MapGet("/{packageId}/parts/{part:int}", FetchPolicePackage.Get).RequireRight(Right.FetchPolicePackage);
        police.MapGet("/{packageId}/stamps/{part:int}", FetchPolicePackage.Stamp).RequireRight(Right.SeePolicePackages);
        return routes;
    }

    private sealed class TimeStampOptionsCheck : IValidateOptions<TimeStampOptions>
    {
        public ValidateOptionsResult Validate(string? name, TimeStampOptions options) =>
            options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }

    private sealed class PoliceOptionsCheck : IValidateOptions<PoliceOptions>
    {
        public ValidateOptionsResult Validate(string? name, PoliceOptions options) =>
            options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
