using System.Globalization;
using System.Security.Claims;
using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Verbs;
using Egida.Platform.Work;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Egida.Tests.Harness;

/// <summary>The whole application on a port of its own, with a fresh database, data folder and clock. Work runs when the test says so.</summary>
public sealed class EgidaHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private Func<Task> dropDatabase = () => Task.CompletedTask;

    private EgidaHost(WebApplication app, string folder, TestClock clock)
    {
        this.app = app;
        Folder = folder;
        Clock = clock;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public string Folder { get; }

    public TestClock Clock { get; }

    public Uri Address { get; }

    /// <summary>As on the command line: a child process with these works on the same database and data folder.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public IServiceProvider Services => app.Services;

    /// <param name="database">Which engine.</param>
    /// <param name="settings">More settings, such as the simulators' addresses.</param>
    public static async Task<EgidaHost> Start(DatabaseKind database, IReadOnlyDictionary<string, string>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("egida-test-").FullName;
        var all = new Dictionary<string, string>(await TestDatabase.Create(database, folder)) { ["Data:Folder"] = folder, ["Urls"] = "http://127.0.0.1:0" };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            all[key] = value;
        }

        TestKeys.Put(all.GetValueOrDefault("Keys:Folder") ?? Path.Combine(folder, "keys"));
        var clock = new TestClock();
        var app = ServeVerb.Build([.. all.Select(s => $"--{s.Key}={s.Value}")], builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Logging.SetMinimumLevel(LogLevel.Error);
        });
        await app.StartAsync();
        return new EgidaHost(app, folder, clock)
        {
            Settings = all,
            dropDatabase = database == DatabaseKind.Postgres ? () => TestDatabase.Drop(all["Database:ConnectionString"]) : () => Task.CompletedTask,
        };
    }

    /// <summary>Somebody from the public: no cookies kept, no redirects followed.</summary>
    public TestClient Anonymous() => new(Address, cookie: null);

    /// <summary>A new staff member with these roles, signed in.</summary>
    public async Task<TestClient> SignIn(params Role[] roles)
    {
        var staff = await AddStaff(roles);
        return SignIn(staff);
    }

    /// <summary>The same, reading English.</summary>
    public async Task<TestClient> SignInEnglish(params Role[] roles) => SignIn(await AddStaff("en", roles));

    public Task<StaffId> AddStaff(params Role[] roles) => AddStaff("pl", roles);

    public async Task<StaffId> AddStaff(string language, params Role[] roles)
    {
        var id = Guid.CreateVersion7();
        var label = string.Join('-', roles);
        var name = $"{label[..Math.Min(7, label.Length)]}-{id:N}";
        await InScope(async (EgidaDb db) =>
        {
            db.Add(new StaffMember { Id = id, UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = name, Language = language, SecurityStamp = id.ToString("N") });
            db.AddRange(roles.Select(role => new StaffRole { Staff = new StaffId(id), Role = role, Since = Clock.Now }));
            await db.SaveChangesAsync();
        });
        return new StaffId(id);
    }

    /// <summary>As if they had come in by a link; roles are read from the database at every request.</summary>
    public TestClient SignIn(StaffId staff)
    {
        var options = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, staff.ToString()),
                new Claim(ClaimTypes.Name, "test"),
                new Claim(StaffSession.StampClaim, staff.Value.ToString("N")),
                new Claim(StaffSession.ProvedClaim, Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ],
            IdentityConstants.ApplicationScheme);
        var properties = new AuthenticationProperties { IssuedUtc = Clock.GetUtcNow(), ExpiresUtc = Clock.GetUtcNow().AddDays(400) };
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), properties, IdentityConstants.ApplicationScheme);
        return new TestClient(Address, $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}") { Staff = staff };
    }

    public async Task InScope<T>(Func<T, Task> act) where T : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async Task<TResult> InScope<T, TResult>(Func<T, Task<TResult>> act) where T : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    /// <summary>Reads with a fresh context.</summary>
    public Task<TResult> Read<TResult>(Func<EgidaDb, Task<TResult>> query) => InScope(query);

    /// <summary>Does everything that is due now.</summary>
    /// <returns>How many pieces of work were run.</returns>
    public async Task<int> RunWork(int most = 200)
    {
        var runner = Services.GetRequiredService<WorkRunner>();
        for (var done = 0; done < most; done++)
        {
            if (!await runner.RunNext(CancellationToken.None))
            {
                return done;
            }
        }

        throw new InvalidOperationException($"After {most} steps there is still work due: does something order itself anew?");
    }

    /// <summary>Does everything that falls due within <paramref name="horizon"/>, moving the clock to each due time in turn. Real waiting is none.</summary>
    public async Task RunWorkFor(TimeSpan horizon)
    {
        var end = Clock.Now + horizon;
        while (true)
        {
            await RunWork();
            var next = await Read(db => db.Set<WorkItem>().Where(w => w.DoneAt == null && w.ParkedAt == null).MinAsync(w => (DateTime?)w.DueAt));
            if (next is null || next > end)
            {
                Clock.AdvanceTo(end);
                return;
            }

            Clock.AdvanceTo(next.Value);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await dropDatabase();
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A pooled SQLite connection may still hold the file: the system's temp folder is cleaned anyway.
        }
    }
}
