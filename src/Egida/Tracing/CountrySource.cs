using System.Net;

namespace Egida.Tracing;

/// <summary>Says in which country an address is used.</summary>
internal interface ICountrySource
{
    /// <returns>ISO 3166-1 alpha-2, or null.</returns>
    string? Of(IPAddress address);
}
