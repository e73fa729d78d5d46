using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Egida.Tracing.Mmdb;

/// <summary>
/// Country by address, from a file in the MaxMind DB format, version 2: a binary tree of address bits whose leaves point into a section of data. The whole file is in
/// memory; every offset in it is checked before it is followed, because such files are downloaded.
/// </summary>
internal sealed class MmdbFile : ICountrySource
{
    /// <summary>Zeros between the tree and the data.</summary>
    private const int Gap = 16;

    /// <summary>Before the metadata, which is the last thing in the file: 0xABCDEF and `MaxMind.com`.</summary>
    private static readonly byte[] Marker = [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8];

    private readonly byte[] file;
    private readonly MmdbData data;
    private readonly int nodes, recordBits;
    private readonly bool holdsIpv6;

    /// <exception cref="InvalidDataException">It isn't such a file, or a part of it is missing.</exception>
    public MmdbFile(byte[] file)
    {
        this.file = file;
        var marker = file.AsSpan().LastIndexOf(Marker);
        if (marker < 0)
        {
            throw new InvalidDataException("no MaxMind DB: its metadata is missing; was the file downloaded to its end and unpacked?");
        }

        var about = new MmdbData(file, marker + Marker.Length, file.Length);
        nodes = Number(about, "node_count");
        recordBits = Number(about, "record_size");
        var (major, version) = (Number(about, "binary_format_major_version"), Number(about, "ip_version"));
        if (major != 2 || recordBits is not (24 or 28 or 32) || version is not (4 or 6))
        {
            throw new InvalidDataException($"MaxMind DB of version {major} with records of {recordBits} bits for IPv{version}: version 2 with 24, 28 or 32 bits can be read");
        }

        holdsIpv6 = version == 6;
        var treeEnd = (long)nodes * recordBits / 4;
        if (treeEnd + Gap > marker)
        {
            throw new InvalidDataException("the MaxMind DB ends within its tree");
        }

        data = new MmdbData(file, (int)treeEnd + Gap, marker);
    }

    /// <exception cref="InvalidDataException">What the tree leads to can't be read.</exception>
    public string? Of(IPAddress address)
    {
        Span<byte> bits = stackalloc byte[16];
        bits.Clear();
        var isIpv4 = address.AddressFamily == AddressFamily.InterNetwork;
        if (!isIpv4 && !holdsIpv6)
        {
            return null;
        }

        // In a tree for IPv6 the IPv4 addresses are below ::/96.
        address.TryWriteBytes(isIpv4 && holdsIpv6 ? bits[12..] : bits, out _);
        var length = holdsIpv6 ? 128 : 32;
        long record = 0;
        for (var bit = 0; bit < length && record < nodes; bit++)
        {
            record = Record((int)record, (bits[bit / 8] >> (7 - (bit % 8))) & 1);
        }

        return record <= nodes ? null : Country(record - nodes - Gap);
    }

    /// <summary>`country.iso_code` as MaxMind and DB-IP write it, or `country` or `country_code` as texts.</summary>
    private string? Country(long offset)
    {
        var at = data.At(offset);
        return CountryRanges.Code(data.Text(data.Member(data.Member(at, "country"), "iso_code")) ?? data.Text(data.Member(at, "country")) ?? data.Text(data.Member(at, "country_code")));
    }

    /// <summary>The left or right one of a node; 28 bits share the middle byte.</summary>
    private long Record(int node, int right)
    {
        var at = file.AsSpan(checked((int)((long)node * recordBits / 4)), recordBits / 4);
        return recordBits switch
        {
            24 => Three(at[(right * 3)..]),
            28 => right == 0 ? ((at[3] & 0xF0L) << 20) | Three(at) : ((at[3] & 0x0FL) << 24) | Three(at[4..]),
            _ => BinaryPrimitives.ReadUInt32BigEndian(at[(right * 4)..]),
        };
    }

    private static long Three(ReadOnlySpan<byte> bytes) => ((long)bytes[0] << 16) | ((long)bytes[1] << 8) | bytes[2];

    private static int Number(MmdbData about, string name) => about.Number(about.Member(about.At(0), name)) is { } number and >= 0 and <= int.MaxValue
        ? (int)number
        : throw new InvalidDataException($"the MaxMind DB's metadata doesn't say its {name}");
}
