extern alias egida;

using System.Diagnostics;
using egida::Egida.HashBank;
using egida::Egida.HashBank.Imports;
using egida::Egida.HashBank.Partners;
using egida::Egida.Platform.Actions;
using egida::Egida.Platform.Verbs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Egida.Bench.Bank;

/// <summary>A hotline in a folder: its verbs are processes, its people act from here.</summary>
internal sealed class BankHotline(string folder, string? postgres)
{
    /// <summary>The source of the large list.</summary>
    public const string Confirming = "bench";

    /// <summary>The source of the records that people confirm.</summary>
    public const string Proposing = "bench-proposes";

    public static readonly StaffId Officer = new(new Guid(1, 0, 0, new byte[8]));

    public string Folder => folder;

    private string[] Settings =>
    [
        $"--Data:Folder={folder}", "--Logging:LogLevel:Default=Error",
        .. postgres is null ? Array.Empty<string>() : ["--Database:Provider=postgres", $"--Database:ConnectionString={postgres}"],
    ];

    public async Task Run(CancellationToken cancellation, params string[] arguments)
    {
        using var process = Launch(arguments);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0) throw new InvalidOperationException($"egida {arguments[0]} ended with code {process.ExitCode}.");
    }

    public Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Egida.dll"), .. arguments, .. Settings]) { UseShellExecute = false };
        // As the launcher starts it.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>Two sources and a partner.</summary>
    /// <returns>The partner's key.</returns>
    public async Task<string> Admit(CancellationToken cancellation)
    {
        using var host = Host();
        await InScope(host, (AdmitSource admit) => admit.Handle(new(Confirming, "A large list", nameof(Trust.Confirms)), Officer, cancellation));
        await InScope(host, (AdmitSource admit) => admit.Handle(new(Proposing, "A list that proposes", nameof(Trust.Proposes)), Officer, cancellation));
        // So many a minute that the limit isn't what is measured.
        return await InScope(host, (AdmitPartner admit) => admit.Handle(new("A provider", "PL", ["Md5", "Sha1", "Pdq"], [], "31", "1000000000", "upload-check"), Officer, cancellation));
    }

    public IHost Host() => WorkVerb.Build(Settings);

    public static async Task<TResult> InScope<T, TResult>(IHost host, Func<T, Task<TResult>> act) where T : notnull
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<T>());
    }
}
