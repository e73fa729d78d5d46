namespace Egida.Match.Tool.Serving;

/// <summary>An opened list that several requests use, and that is closed when the last one has its answer.</summary>
internal sealed class OpenList(KnownList list, string stamp)
{
    private readonly Lock _counting = new();
    private int _users = 1;

    public KnownList List => list;

    /// <summary>Which files it was opened from, as they were then.</summary>
    public string Stamp => stamp;

    public bool TryUse()
    {
        lock (_counting)
        {
            if (_users == 0) return false;
            _users++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_counting)
        {
            if (--_users > 0) return;
        }
        list.Dispose();
    }
}
