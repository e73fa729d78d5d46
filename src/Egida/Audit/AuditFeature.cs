using Egida.Access;
using Egida.Platform.Web;

namespace Egida.Audit;

/// <summary>The log that nobody can rewrite, and its proof.</summary>
public static class AuditFeature
{
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<AuditKey>()
        .AddScoped<AuditLog>()
        .AddNavigation(140, "Audit", "/staff/audit", Right.SeeAuditLog);

    public static IEndpointRouteBuilder MapAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapStaff("/audit").MapGet("", ShowLog.Get).RequireRight(Right.SeeAuditLog);
        return routes;
    }
}
