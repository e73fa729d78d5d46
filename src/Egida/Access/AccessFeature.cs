using Egida.Platform.Secrets;
using Egida.Platform.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.EntityFrameworkCore;
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
            var toSignIn = cookie.Events.OnRedirectToLogin;
            cookie.Events.OnRedirectToLogin = async context =>
            {
                if (!await FormTokenRefusal.GaveBack(context.HttpContext))
                {
                    await toSignIn(context);
                }
            };
            cookie.Events.OnRedirectToAccessDenied = context => StaffPages.Refuse(context.HttpContext);
        });
        // Identity keeps the challenge of a passkey here, sealed, between the browser's two requests.
        services.AddAuthentication().AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie =>
        {
            cookie.Cookie.Name = "egida-passkey";
            cookie.Cookie.Path = "/staff";
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            cookie.SlidingExpiration = false;
        });
        services.AddIdentityCore<StaffMember>(identity => identity.User.AllowedUserNameCharacters = "").AddSignInManager();
        services.AddScoped<IUserStore<StaffMember>, StaffStore>();
        var site = PublicSite.Of(configuration);
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.ServerDomain = site.Domain;
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "preferred";
            passkeys.AttestationConveyancePreference = "none";
            passkeys.ValidateOrigin = page => ValueTask.FromResult(!page.CrossOrigin && site.IsOwn(page.Origin));
        });
        return services
            .AddSingleton(site)
            .AddScoped<AddStaff>()
            .AddScoped<TakeCode>()
            .AddScoped<TakePasskey>()
            .AddScoped<SecondProof>()
            .AddScoped<OwnAccessView>()
            .AddScoped<IssueEntryLink>()
            .AddDuty(15, "StaffChanges", "/staff/access", Right.ApproveStaffChange, (db, staff, _, cancellation) => db.Set<StaffChange>()
                .CountAsync(c => c.State == StaffChangeState.Proposed && c.ProposedBy != staff.Id && c.Subject != staff.Id, cancellation))
            .AddNavigation(160, "Access", "/staff/access", Right.SeeStaff);
    }

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        var staff = routes.MapStaff("");
        staff.MapGet("", ShowStart.Get).RequireRight(Right.BeHere);
        staff.MapPost("/find", FindAnything.Post).RequireRight(Right.BeHere);
        staff.MapGet("/sign-in", SignInPages.Get).OpenToPublic();
        staff.MapPost("/sign-in", SignInWithCode.Post).OpenToPublic();
        staff.MapPost("/sign-in/passkey/options", SignInWithPasskey.Options).OpenToPublic();
        staff.MapPost("/sign-in/passkey", SignInWithPasskey.Post).OpenToPublic();
        staff.MapPost("/sign-out", (Delegate)StaffPages.SignOut).RequireRight(Right.BeHere);
        staff.MapGet("/enter/{token}", EnterByLink.Get).OpenToPublic();
        staff.MapPost("/enter/{token}", EnterByLink.Post).OpenToPublic();
        staff.MapGet("/me", OwnAccess.Get).RequireRight(Right.BeHere);
        staff.MapPost("/me/code-app", OwnAccess.Enrol).RequireRight(Right.BeHere);
        staff.MapPost("/me/recovery-codes", OwnAccess.MakeCodes).RequireRight(Right.BeHere);
        staff.MapPost("/me/proof", SecondProof.ByCode).RequireRight(Right.BeHere);
        staff.MapPost("/me/proof/passkey", SecondProof.ByPasskey).RequireRight(Right.BeHere);
        staff.MapPost("/me/passkeys/options", AddPasskey.Options).RequireRight(Right.BeHere);
        staff.MapPost("/me/passkeys", AddPasskey.Post).RequireRight(Right.BeHere);
        staff.MapPost("/me/passkeys/{id:guid}/name", KeepPasskey.Rename).RequireRight(Right.BeHere);
        staff.MapPost("/me/passkeys/{id:guid}/remove", KeepPasskey.Remove).RequireRight(Right.BeHere);
        staff.MapPost("/me/language", ChooseLanguage.Post).RequireRight(Right.BeHere);
        staff.MapGet("/access", ProposeStaffChange.Get).RequireRight(Right.SeeStaff);
        staff.MapPost("/access/changes", ProposeStaffChange.Post).RequireRight(Right.ProposeStaffChange);
        staff.MapPost("/access/changes/{id:guid}", DecideStaffChange.Post).RequireRight(Right.ApproveStaffChange);
        return routes;
    }
}
