namespace Egida.HashSearch.Tests.Files;

/// <summary>A folder of the disk that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() : this(System.IO.Path.GetTempPath())
    {
    }

    private TemporaryFolder(string parent) => Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"egida-{Guid.NewGuid():N}")).FullName;

    public string Path { get; }

    /// <summary>On a file system that syncs at once, if there is one: for tests that write much and aren't about the disk.</summary>
    public static TemporaryFolder InMemory() => new(Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath());

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
