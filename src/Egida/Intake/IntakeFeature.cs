using Egida.Access;
using Egida.Intake.Form;
using Egida.Intake.Front;
using Egida.Intake.Receipts;
using Egida.Intake.Staff;
using Egida.Platform.Web;

namespace Egida.Intake;

/// <summary>Public form, receipts, duplicates; the item and its road.</summary>
public static class IntakeFeature
{
    public static IServiceCollection AddIntake(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<FormTokens>()
        .AddSingleton<FileReport>()
        .AddItemSection<ReportsSection>(0, Right.SeeReports)
        .AddSingleton(FindItem.Finder)
        .AddNavigation(0, "Intake", "/staff/intake", Right.SeeReports);

    public static IEndpointRouteBuilder MapIntake(this IEndpointRouteBuilder routes)
    {
        FrontPages.Map(routes);
        ReportPages.Map(routes);
        ReadReceipt.Map(routes);
        ListReports.Map(routes);
        ShowItem.Map(routes);
        return routes;
    }
}
