namespace Egida.HashSearch.Living;

/// <summary>Changes that a thread waits for.</summary>
internal sealed class Commit(NearChanges changes)
{
    public NearChanges Changes { get; } = changes;

    /// <summary>Whether it has been made, or has failed.</summary>
    public bool IsDone { get; private set; }

    public Exception? Failure { get; private set; }

    public void Done(Exception? failure) => (IsDone, Failure) = (true, failure);
}
