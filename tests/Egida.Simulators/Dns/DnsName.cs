using System.Net;

namespace Egida.Simulators;

/// <summary>How a name answers besides telling its addresses.</summary>
public enum DnsBehaviour
{
    Ordinary,

    /// <summary>Each question gets the next address of the list: the check sees one, the use another.</summary>
    Alternating,

    /// <summary>RCODE 2.</summary>
    ServerFailure,

    /// <summary>The question is swallowed.</summary>
    Silent,

    /// <summary>UDP says TC=1 and nothing else; TCP tells all.</summary>
    TruncatedOverUdp,
}

/// <summary>One line of the zone.</summary>
public sealed record DnsName(string Name)
{
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];
    public string? CanonicalName { get; init; }
    public DnsBehaviour Behaviour { get; init; }
    public uint TimeToLive { get; init; } = 1;
}
