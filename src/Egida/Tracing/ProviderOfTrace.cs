using System.Net;
using Egida.Contacts;

namespace Egida.Tracing;

public static class ProviderOfTrace
{
    /// <summary>Who takes complaints about the place that a trace found: approved, or the registry's word; null when nobody is known.</summary>
    public static ProviderContact? ProviderOf(this ContactBook contacts, HostingTrace trace) =>
        trace.Outcome != TraceOutcome.Found ? null : contacts.ProviderOf(trace.Question());

    /// <summary>What is known of the network that a trace found.</summary>
    public static ProviderQuestion Question(this HostingTrace trace) => new(
        IPAddress.TryParse(trace.Address, out var address) ? address : null, trace.NetworkHandle, trace.Asn, trace.Holder, trace.AbuseMail, trace.Country);
}
