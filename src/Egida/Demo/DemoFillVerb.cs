using System.CommandLine;

namespace Egida.Demo;

/// <summary>
/// Takes the demo's staff on and fills it with two weeks of harmless reports. A process of its own: what it needs of memory for that, the demo needn't keep.
/// </summary>
internal static class DemoFillVerb
{
    private const string Name = "demo-fill";

    public static Command Command()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the demo's data.", Required = true };
        var port = new Option<int>("--port") { Description = "Port of the web.", Required = true };
        var command = new Command(Name, "A step of the demo.") { data, port };
        command.Hidden = true;
        command.SetAction((parse, cancellation) => Fill(DemoSettings.Of(parse.GetValue(data)!.FullName, parse.GetValue(port)), cancellation));
        return command;
    }

    public static IEnumerable<string> Arguments(string data, int port) => [Name, "--data", data, "--port", $"{port}"];

    private static async Task<int> Fill(DemoSettings settings, CancellationToken cancellation)
    {
        await using var staff = new DemoStaff(settings);
        await staff.TakeOn(cancellation);
        await using var seed = new DemoSeed(settings);
        await seed.Fill(staff, cancellation);
        return 0;
    }
}
