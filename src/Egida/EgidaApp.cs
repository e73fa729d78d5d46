using Egida.Access;
using Egida.Assessment;
using Egida.Audit;
using Egida.Blocking;
using Egida.Contacts;
using Egida.Evidence;
using Egida.Exchange;
using Egida.HashBank;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform;
using Egida.Police;
using Egida.Routing;
using Egida.Statistics;
using Egida.Takedown;
using Egida.Tracing;
using Egida.Triage;
using Egida.Wellbeing;

namespace Egida;

/// <summary>The table of contents: every feature, in the order of a report's life, then the duties around it.</summary>
public static class EgidaApp
{
    public static IServiceCollection AddEgida(this IServiceCollection services, IConfiguration configuration) => services
        .AddPlatform(configuration)
        .AddIntake(configuration)
        .AddTracing(configuration)
        .AddEvidence(configuration)
        .AddMatching(configuration)
        .AddTriage(configuration)
        .AddAssessment(configuration)
        .AddRouting(configuration)
        .AddPolice(configuration)
        .AddTakedown(configuration)
        .AddBlocking(configuration)
        .AddExchange(configuration)
        .AddHashBank(configuration)
        .AddWellbeing(configuration)
        .AddStatistics(configuration)
        .AddAudit(configuration)
        .AddAccess(configuration)
        .AddContacts(configuration);

    public static WebApplication MapEgida(this WebApplication app)
    {
        app.UsePlatform();
        app.MapPlatform()
            .MapIntake()
            .MapTracing()
            .MapEvidence()
            .MapMatching()
            .MapTriage()
            .MapAssessment()
            .MapRouting()
            .MapPolice()
            .MapTakedown()
            .MapBlocking()
            .MapExchange()
            .MapHashBank()
            .MapWellbeing()
            .MapStatistics()
            .MapAudit()
            .MapAccess()
            .MapContacts();
        return app;
    }
}
