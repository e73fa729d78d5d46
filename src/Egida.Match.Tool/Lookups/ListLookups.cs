using System.Globalization;
using System.Text;
using Egida.HashSearch;
using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Lookups;

/// <summary>Looks files up in a list on this machine.</summary>
internal sealed class ListLookups(KnownList list) : ILookups
{
    public ListKinds Kinds => list.Kinds;

    public int Waiting => 0;

    public string Fingerprint
    {
        get
        {
            var text = new StringBuilder();
            foreach (var header in list.Headers) text.Append(CultureInfo.InvariantCulture, $"{header.Series} {header.Number} {header.Since}\n");
            return text.ToString();
        }
    }

    public ValueTask<IReadOnlyList<KnownMatch>> FindDigests(Content content, CancellationToken cancel)
    {
        // The strongest digest first; a record that several of them give is given once.
        List<KnownMatch>? all = null;
        Add(list.Find(content.Sha256));
        Add(list.Find(content.Sha1));
        Add(list.Find(content.Md5));
        return new(all is null ? [] : all);

        void Add(IReadOnlyList<KnownMatch> matches)
        {
            foreach (var match in matches)
                if (all?.Exists(other => other.Number == match.Number) != true) (all ??= []).Add(match);
        }
    }

    public ValueTask<IReadOnlyList<KnownMatch>> FindNear(IReadOnlyList<Hash256> turns, int quality, int radius, CancellationToken cancel) => new(list.FindNear([.. turns], radius));

    public IReadOnlyList<KnownMatch> FindVideo(VideoHash video) => list.Find(video);
}
