using Egida.HashSearch;
using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Lookups;

/// <summary>Where files are looked up: a list on this machine, or a hotline's server.</summary>
internal interface ILookups
{
    /// <summary>What it can recognise by.</summary>
    ListKinds Kinds { get; }

    /// <summary>Says which it is: a scan is gone on with only against the same.</summary>
    string Fingerprint { get; }

    /// <summary>How many files may wait for it at once, beside those that are worked on.</summary>
    int Waiting { get; }

    /// <summary>The records with this file's digests, the strongest digest first, each record once.</summary>
    ValueTask<IReadOnlyList<KnownMatch>> FindDigests(Content content, CancellationToken cancel);

    /// <summary>The records whose picture is near one of these turns, nearest first.</summary>
    ValueTask<IReadOnlyList<KnownMatch>> FindNear(IReadOnlyList<Hash256> turns, int quality, int radius, CancellationToken cancel);

    /// <summary>The records whose video has frames in common.</summary>
    IReadOnlyList<KnownMatch> FindVideo(VideoHash video);
}
