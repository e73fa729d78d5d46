using Egida.Simulators;

namespace Egida.Tests.Simulators;

/// <summary>One world for a class of tests, gone with its folder afterwards.</summary>
public sealed class WorldFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("egida-world-").FullName;

    public World World { get; private set; } = null!;

    public async Task InitializeAsync() =>
        World = await World.Start(new WorldOptions { StateFolder = folder, DemoSites = 10, RemovalDelay = TimeSpan.Zero });

    public async Task DisposeAsync()
    {
        await World.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
