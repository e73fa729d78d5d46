namespace Egida.Blocking.Publishing;

/// <summary>One version, as it is written in every format: the same version gives the same bytes, whenever it is asked for.</summary>
/// <param name="All">Those that are in it, and those that were: by domain, then by number.</param>
internal sealed record ListSnapshot(long Number, DateTime MadeAt, DateTime ValidUntil, BlockingTerms Terms, PublishingOptions Options, IReadOnlyList<ListedDomain> All)
{
    public IEnumerable<ListedDomain> Listed => All.Where(d => d.RemovedIn is null);

    public string Series => $"{Options.Origin}/domains";
}

/// <param name="Id">Its number in the list.</param>
/// <param name="RemovedIn">Null while it is in the version.</param>
internal sealed record ListedDomain(int Id, string Domain, BlockScope Scope, long AddedIn, DateTime AddedAt, long? RemovedIn, DateTime? RemovedAt)
{
    /// <exception cref="InvalidOperationException">What stands in the database is no domain as it is written here: nothing is published rather than something else.</exception>
    public static ListedDomain Of(BlockedDomain entry, long version)
    {
        if (!DomainName.IsCanonical(entry.Domain) || !entry.Domain.Contains('.', StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The domain of entry {entry.Number} isn't written as domains are: somebody changed it in the database. The list isn't published.");
        }

        var isOut = entry.RemovedIn <= version;
        return new ListedDomain(
            entry.Position!.Value, entry.Domain, entry.Scope, entry.AddedIn!.Value, Second(entry.AddedAt!.Value), isOut ? entry.RemovedIn : null, isOut ? Second(entry.EndedAt!.Value) : null);
    }

    private static DateTime Second(DateTime at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
}
