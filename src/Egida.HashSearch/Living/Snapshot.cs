namespace Egida.HashSearch.Living;

/// <summary>What a search sees: the index as it was at one time, the number of a change. Disposing of it lets go of the levels.</summary>
internal readonly ref struct Snapshot(Levels levels, long now)
{
    public Levels Levels { get; } = levels;

    /// <summary>Changes up to this number are seen, later ones aren't.</summary>
    public long Now { get; } = now;

    public void Dispose() => Levels.LetGo();
}
