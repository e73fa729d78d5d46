namespace Egida.Platform.Database;

/// <summary>
/// An entity that two people may change at once. The number rises with every commit and is the concurrency token
/// (SQLite has none of its own): the second of two simultaneous changes is refused, never merged.
/// </summary>
public abstract class Versioned
{
    public int Version { get; private set; }

    internal void Rise() => Version++;
}
