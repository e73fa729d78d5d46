using System.Globalization;

namespace Egida.HashBank.Imports.Sources;

/// <summary>
/// NCMEC's Hash Sharing, version 2. Entries come in no order, so a window of time is read to its end before anything counts; a window with too many entries is
/// made shorter. Of several states of one entry the newest by its own time is kept, wherever it came.
/// </summary>
internal sealed class NcmecFeed(FeedHttp http, TimeProvider clock) : IHashFeed
{
    private const string Stamp = "yyyy-MM-ddTHH:mm:ssZ";

    /// <summary>Entries of this very second may still be written.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(5);

    /// <summary>So long an address of a page is good.</summary>
    private static readonly TimeSpan PagesLast = TimeSpan.FromHours(12);

    public string Kind => "ncmec";

    public string Format => "ncmec";

    public async Task<FeedRange> Download(FeedTask task, Stream spool, CancellationToken cancellation)
    {
        var from = task.Checkpoint is null ? task.Options.Since : DateTime.ParseExact(task.Checkpoint, Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        var end = task.Now - Behind;
        if (end <= from)
        {
            return new FeedRange(from.ToString(Stamp, CultureInfo.InvariantCulture), 0, More: false);
        }

        var to = end;
        var stale = 0;
        while (true)
        {
            await using var window = new NcmecWindow(task.Options.Environment, spool);
            switch (await Fill(task, from, to, window, cancellation))
            {
                case Ending.Whole:
                    await window.WriteTo(spool, cancellation);
                    return new FeedRange(to.ToString(Stamp, CultureInfo.InvariantCulture), window.Count, More: to < end);
                case Ending.TooMany:
                    to = from + TimeSpan.FromSeconds(Math.Max(1, Math.Floor((to - from).TotalSeconds / 4)));
                    break;
                case Ending.Stale when ++stale == 3:
                    throw new FeedException("stale: the addresses of pages grew old while they were read, three times");
            }
        }
    }

    private enum Ending
    {
        Whole,

        /// <summary>More than fit into one window.</summary>
        TooMany,

        /// <summary>The address of a page is not good any more.</summary>
        Stale,
    }

    private async Task<Ending> Fill(FeedTask task, DateTime from, DateTime to, NcmecWindow window, CancellationToken cancellation)
    {
        var root = NcmecEnvironments.UrlOf(task.Options);
        var basic = http.Basic(task.Options);
        var begun = clock.GetTimestamp();
        var url = new Uri(root, $"v2/entries?from={Uri.EscapeDataString(from.ToString(Stamp, CultureInfo.InvariantCulture))}&to={Uri.EscapeDataString(to.ToString(Stamp, CultureInfo.InvariantCulture))}");
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (var pages = 1; ; pages++)
        {
            if (clock.GetElapsedTime(begun) > PagesLast)
            {
                return Ending.Stale;
            }

            NcmecPage page;
            try
            {
                page = await http.Get(task.Options, url, h => h.Authorization = basic, NcmecPage.Read, cancellation);
            }
            catch (FeedException e) when (pages > 1 && e.Data["status"] is 400 or 404 or 410)
            {
                return Ending.Stale;
            }

            var isLong = to - from > TimeSpan.FromSeconds(1);
            if (isLong && (page.Expected > task.Options.MostEntries || window.Count + page.Entries.Count > task.Options.MostEntries))
            {
                return Ending.TooMany;
            }

            window.Add(page.Entries);
            if (page.Next is null)
            {
                return Ending.Whole;
            }

            if (pages == task.Options.MostPages || !seen.Add(page.Next))
            {
                throw new FeedException("endless: the service's pages have no end");
            }

            // What it names begins at its root, not at the host's.
            url = page.Next.StartsWith("/v2/entries?", StringComparison.Ordinal) ? FeedHttp.Below(root, new Uri(root, page.Next[1..])) : throw new FeedException("elsewhere: the next page is no page of entries", isFinal: true);
        }
    }
}
