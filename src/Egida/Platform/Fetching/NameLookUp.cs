namespace Egida.Platform.Fetching;

/// <summary>How the capture process finds a name's addresses: <c>Capture:DnsServer</c>, or the system's resolvers.</summary>
internal static class NameLookUp
{
    public static ResolveHost From(IConfiguration configuration, FetchLimits limits)
    {
        var resolver = new DnsResolver(new DnsOptions(configuration["Capture:DnsServer"], null, limits.Connect));
        return async (host, cancellation) => await resolver.Resolve(host, cancellation) switch
        {
            DnsAnswer.Found found => found.Addresses,
            DnsAnswer.NoAddress => [],
            _ => throw new IOException("The name couldn't be looked up."),
        };
    }
}
