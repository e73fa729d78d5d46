using Egida.Platform.Secrets;
using Egida.Platform.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Egida.Access;

/// <summary>Staff, roles, sign-in, acts that need two people.</summary>
public static class AccessFeature
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        // All processes of one installation read the same cookies and form tokens.
        services.AddDataProtection().SetApplicationName("egida");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
            options.XmlRepository = new FileSystemXmlRepository(
                new DirectoryInfo(Path.Combine(provider.GetRequiredService<KeyFolder>().Path, "data-protection")), NullLoggerFactory.Instance)));
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, cookie =>
        {
            cookie.LoginPath = "/staff/sign-in";
            cookie.Cookie.Name = "egida-staff";
            cookie.Cookie.Path = "/staff";
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
            cookie.Events.OnValidatePrincipal = StaffSession.Validate;
            cookie.Events.OnRedirectToAccessDenied = context => StaffPages.Refuse(context.HttpContext);
        });
        return services
            .AddScoped<AddStaff>()
            .AddScoped<IssueEntryLink>()
            .AddNavigation(160, "Access", "/staff/access", Right.SeeStaff);
    }

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        var staff = routes.MapStaff("");
        staff.MapGet("", StaffPages.Start).RequireRight(Right.BeHere);
        staff.MapGet("/sign-in", SignInPages.Get).OpenToPublic();
        staff.MapPost("/sign-in", SignInWithCode.Post).OpenToPublic();
        staff.MapPost("/sign-out", (Delegate)StaffPages.SignOut).RequireRight(Right.BeHere);
        staff.MapGet("/enter/{token}", EnterByLink.Get).OpenToPublic();
        staff.MapPost("/enter/{token}", EnterByLink.Post).OpenToPublic();
        staff.MapGet("/me", OwnAccess.Get).RequireRight(Right.BeHere);
        staff.MapPost("/me/code-app", OwnAccess.Enrol).RequireRight(Right.BeHere);
        staff.MapPost("/me/recovery-codes", OwnAccess.MakeCodes).RequireRight(Right.BeHere);
        staff.MapGet("/access", ProposeStaffChange.Get).RequireRight(Right.SeeStaff);
        staff.MapPost("/access/changes", ProposeStaffChange.Post).RequireRight(Right.ProposeStaffChange);
        staff.MapPost("/access/changes/{id:guid}", DecideStaffChange.Post).RequireRight(Right.ApproveStaffChange);
        return routes;
    }
}
