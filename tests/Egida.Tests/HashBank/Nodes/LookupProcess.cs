using System.Net;
using System.Net.Sockets;
using Egida.Tests.Harness;

namespace Egida.Tests.HashBank.Nodes;

/// <summary>`egida lookup` as a process of its own, with a data folder of its own and the installation's keys.</summary>
internal sealed class LookupProcess(EgidaHost host, string name, string partnerKey, string? readFrom) : IDisposable
{
    private readonly string folder = Path.Combine(host.Folder, name);
    private readonly Uri address = new($"http://127.0.0.1:{FreePort()}");
    private Kept? process;

    public Asker Asker { get; private set; } = null!;

    public string Said => process?.Said ?? "";

    public async Task Start()
    {
        Directory.CreateDirectory(folder);
        List<string> settings =
        [
            $"--Database:Provider={host.Settings["Database:Provider"]}", $"--Database:ConnectionString={host.Settings["Database:ConnectionString"]}",
            $"--Data:Folder={folder}", $"--Keys:Folder={Path.Combine(host.Folder, "keys")}", $"--Urls={address.ToString().TrimEnd('/')}", $"--Lookups:Name={name}", "--Logging:LogLevel:Default=Error",
        ];
        if (readFrom is not null) settings.Add($"--Lookups:ReadFrom={readFrom}");
        process = await Kept.Start(Path.Combine(folder, "log"), "dotnet", [Path.Combine(AppContext.BaseDirectory, "Egida.dll"), "lookup", .. settings]);
        Asker?.Dispose();
        Asker = new Asker(address, partnerKey);
    }

    public async Task Again()
    {
        process!.Dispose();
        await Start();
    }

    public void Kill() => process!.Kill();

    public void Dispose()
    {
        process?.Dispose();
        Asker?.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
