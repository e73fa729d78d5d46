namespace Egida.Simulators;

/// <summary>Starts the world as a process of its own: `--state DIR [--port-base N] [--detached]`.</summary>
internal static class SimulatorsProgram
{
    private static async Task<int> Main(string[] arguments)
    {
        var options = new WorldOptions();
        var detached = false;
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--state" when i + 1 < arguments.Length:
                    options = options with { StateFolder = arguments[++i] };
                    break;
                case "--port-base" when i + 1 < arguments.Length && int.TryParse(arguments[i + 1], out var first) && first is > 1023 and < 65000:
                    options = options.WithPortBase(first);
                    i++;
                    break;
                case "--detached":
                    detached = true;
                    break;
                default:
                    await Console.Error.WriteLineAsync("usage: Egida.Simulators --state DIR [--port-base N (1024-65000)] [--detached]");
                    return 2;
            }
        }

        using var lifetime = new Lifetime(detached);
        await using var world = await World.Start(options);
        var file = await world.WriteDescription();
        // Drawing the pictures and making the keys left garbage that an idle process would keep for hours.
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Console.WriteLine($"the outside world is up: {file}");
        await lifetime.Ended;
        return 0;
    }
}
