using Egida.Access;
using Egida.Audit;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Access;

/// <summary>What the page's script does: fetch the options with the form's token, then send the device's answer with the form.</summary>
internal static class PasskeyCeremony
{
    public const string SignInForm = "form[action='/staff/sign-in/passkey']";

    public const string AddForm = "form[action='/staff/me/passkeys']";

    public const string ProofForm = "form[action='/staff/me/proof/passkey']";

    public static async Task<HtmlAnswer> Options(this TestClient client, HtmlAnswer page, string form)
    {
        var found = page.Document.QuerySelector(form) ?? throw new InvalidOperationException($"No form {form} on «{page.Document.Title}».");
        var token = found.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await client.Post(found.GetAttribute("data-options")!, new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
    }

    public static Task<HtmlAnswer> Send(this TestClient client, HtmlAnswer page, string form, string credential, string? name = null)
    {
        var fields = new Dictionary<string, string> { ["credential"] = credential };
        if (name is not null)
        {
            fields["name"] = name;
        }

        return client.Submit(page, fields, form);
    }

    public static async Task<HtmlAnswer> Add(this TestClient client, SoftwareAuthenticator device, string? name = null)
    {
        var page = await client.Get("/staff/me");
        return await client.Send(page, AddForm, device.Create((await client.Options(page, AddForm)).Html), name);
    }

    public static async Task<HtmlAnswer> SignInWith(this TestClient client, SoftwareAuthenticator device)
    {
        var page = await client.Get("/staff/sign-in");
        return await client.Send(page, SignInForm, device.Get((await client.Options(page, SignInForm)).Html));
    }

    /// <summary>Somebody who works here and has one passkey, which they have added on their own page.</summary>
    public static async Task<StaffId> WithPasskey(this EgidaHost host, SoftwareAuthenticator device, string name = "Laptop")
    {
        var staff = await host.AddStaff("en", Role.Analyst);
        using var own = host.SignIn(staff);
        Assert.Equal("/staff/me", (await own.Add(device, name)).Location?.ToString());
        return staff;
    }

    public static Task<List<AuditEntry>> Logged(this EgidaHost host, string action) =>
        host.Read(db => db.Set<AuditEntry>().AsNoTracking().Where(e => e.Action == action).OrderBy(e => e.Seq).ToListAsync());
}
