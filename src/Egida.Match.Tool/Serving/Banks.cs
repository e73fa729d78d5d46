namespace Egida.Match.Tool.Serving;

/// <summary>All lists that are served, each a bank.</summary>
internal sealed class Banks : IDisposable
{
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(2);

    /// <param name="lists">Files and folders; a folder is a list of its own, files together are one.</param>
    /// <param name="trust">Who has to have signed them.</param>
    /// <param name="say">For whoever looks after it.</param>
    public Banks(IReadOnlyList<string> lists, ListTrust trust, Action<string> say)
    {
        var folders = lists.Where(Directory.Exists).Select(folder => (IReadOnlyList<string>)[folder]).ToList();
        var files = lists.Where(path => !Directory.Exists(path)).ToList();
        if (files.Count > 0) folders.Insert(0, files);
        var banks = new List<Bank>();
        try
        {
            foreach (var paths in folders) banks.Add(new(paths, trust, say));
        }
        catch
        {
            banks.ForEach(bank => bank.Dispose());
            throw;
        }
        All = banks;
        // Two hotlines may call their lists the same.
        foreach (var same in banks.GroupBy(bank => bank.Name).Where(same => same.Count() > 1))
            foreach (var (bank, i) in same.Skip(1).Select((bank, i) => (bank, i)).ToList()) bank.Name += $"_{i + 2}";
    }

    public IReadOnlyList<Bank> All { get; }

    /// <summary>All that a list can recognise by.</summary>
    public ListKinds Kinds => All.Aggregate(ListKinds.None, (kinds, bank) => kinds | bank.Use(list => list.Kinds));

    /// <summary>Takes newer lists in, until it is cancelled.</summary>
    public async Task Follow(TimeProvider clock, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(s_between, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
                foreach (var bank in All) bank.Reload();
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    public void Dispose()
    {
        foreach (var bank in All) bank.Dispose();
    }
}
