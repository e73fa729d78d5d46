using System.Net;

namespace Egida.Simulators;

/// <summary>One block of addresses and who answers for it. Country and mail are null where nobody knows.</summary>
public sealed record HostingNetwork(
    IPNetwork Range,
    string Handle,
    string? Country,
    int Asn,
    string Holder,
    string? AbuseMail)
{
    public IPAddress First => Range.BaseAddress;

    public IPAddress Last
    {
        get
        {
            var bytes = Range.BaseAddress.GetAddressBytes();
            for (var bit = Range.PrefixLength; bit < bytes.Length * 8; bit++)
                bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
            return new IPAddress(bytes);
        }
    }
}
