using System.CommandLine;
using System.Net;
using System.Net.Sockets;

namespace Egida.Demo;

/// <summary>`egida demo`: the whole hotline and a simulated outside world on this machine; with --walk, one report goes the whole road.</summary>
internal static class DemoVerb
{
    public static Command Command()
    {
        var simulators = new Option<FileInfo>("--simulators") { Description = "Egida.Simulators.dll", Required = true };
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the demo's data; emptied first.", Required = true };
        var port = new Option<int>("--port") { Description = "Port of the web.", DefaultValueFactory = _ => 8480 };
        var walk = new Option<bool>("--walk") { Description = "Let one report go the whole road, print what was verified at each station, and end." };
        var command = new Command("demo", "Everything on this machine: the hotline, its workers and a simulated outside world.") { simulators, data, port, walk };
        command.SetAction(async (parse, cancellation) =>
        {
            try
            {
                return await Run(
                    parse.GetValue(simulators)!.FullName, parse.GetValue(data)!.FullName, parse.GetValue(port), parse.GetValue(walk), cancellation);
            }
            catch (DemoFailedException e)
            {
                await Console.Error.WriteLineAsync($"The demo stopped: {e.Message}");
                return 1;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return 0;
            }
        });
        return command;
    }

    private static async Task<int> Run(string simulators, string data, int port, bool walk, CancellationToken cancellation)
    {
        RequireFree(port);
        DemoFolder.Empty(data);
        await using var processes = new DemoProcesses(Path.Combine(data, "logs"));
        await StartWorld(processes, simulators, data, cancellation);
        var settings = DemoSettings.Of(data, port);
        var application = DemoSettings.AsArguments(settings.Application);
        var egida = typeof(DemoVerb).Assembly.Location;

        await processes.Run("migrate", egida, ["migrate", .. application], cancellation);
        processes.Start("capture", egida, ["capture", .. DemoSettings.AsArguments(settings.Capture)]);
        Console.WriteLine("Filling in harmless reports …");
        await processes.Run("fill", egida, DemoFillVerb.Arguments(data, port), cancellation);
        await using var staff = new DemoStaff(settings);
        await staff.Recall(cancellation);
        processes.Start("web", egida, ["serve", .. application]);
        processes.Start("worker", egida, ["work", .. application]);
        await WaitForWeb(settings.Web, processes, cancellation);
        await staff.Print(Console.Out, cancellation);
        if (walk)
        {
            await using var road = new Walk(settings, staff, processes);
            var held = await road.Go(Console.Out, cancellation);
            Console.WriteLine($"Memory of all processes: {processes.MemoryMegabytes()} MB");
            return held ? 0 : 1;
        }

        Console.WriteLine($"Memory of all processes: {processes.MemoryMegabytes()} MB. Ctrl+C ends the demo.");
        while (processes.Died is null)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }

        throw new DemoFailedException($"{processes.Died} ended:\n{processes.Tail(processes.Died)}");
    }

    /// <summary>Said now, not after a minute of preparing.</summary>
    private static void RequireFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            throw new DemoFailedException($"port {port} can't be used here ({(e as SocketException)?.SocketErrorCode.ToString() ?? "no such port"}). Is another demo running? Choose a port with --port N.");
        }
    }

    private static async Task StartWorld(DemoProcesses processes, string simulators, string data, CancellationToken cancellation)
    {
        processes.Start("world", simulators, "--state", OutsideWorld.Folder(data));
        for (var tries = 0; tries < 300 && processes.Died is null; tries++)
        {
            if (File.Exists(OutsideWorld.Description(data)))
            {
                return;
            }

            await Task.Delay(200, cancellation);
        }

        throw new DemoFailedException($"the simulated world doesn't start:\n{processes.Tail("world")}");
    }

    private static async Task WaitForWeb(Uri web, DemoProcesses processes, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = web, Timeout = TimeSpan.FromSeconds(20) };
        for (var tries = 0; tries < 300 && processes.Died is null; tries++)
        {
            try
            {
                using var answer = await http.GetAsync("/health/ready", cancellation);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                // Not yet listening, or busy.
            }

            await Task.Delay(200, cancellation);
        }

        throw new DemoFailedException($"the web doesn't start:\n{processes.Tail("web")}");
    }
}
