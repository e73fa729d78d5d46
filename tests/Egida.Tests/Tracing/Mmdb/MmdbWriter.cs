using System.Net;
using System.Text;

namespace Egida.Tests.Tracing.Mmdb;

/// <summary>Writes small files in the MaxMind DB format, version 2, from networks and the bytes of their records.</summary>
internal static class MmdbWriter
{
    public static byte[] Write(int recordBits, int version, byte[] data, params (string Network, int Offset)[] networks)
    {
        var nodes = new List<long[]> { new long[] { -1, -1 } };
        foreach (var (text, offset) in networks)
        {
            var network = IPNetwork.Parse(text);
            var address = network.BaseAddress.GetAddressBytes();
            var bytes = version == 6 && address.Length == 4 ? [.. new byte[12], .. address] : address;
            var length = network.PrefixLength + (bytes.Length - address.Length) * 8;
            var at = 0;
            for (var bit = 0; bit < length; bit++)
            {
                var side = (bytes[bit / 8] >> (7 - bit % 8)) & 1;
                if (bit == length - 1)
                {
                    // Data are numbered below -1 until the number of nodes is known.
                    nodes[at][side] = -2 - offset;
                }
                else
                {
                    if (nodes[at][side] < 0)
                    {
                        nodes.Add([-1, -1]);
                        nodes[at][side] = nodes.Count - 1;
                    }

                    at = (int)nodes[at][side];
                }
            }
        }

        var file = new List<byte>();
        foreach (var node in nodes)
        {
            var (left, right) = (Final(node[0], nodes.Count), Final(node[1], nodes.Count));
            file.AddRange(recordBits switch
            {
                24 => [.. Big(left, 3), .. Big(right, 3)],
                28 => [.. Big(left & 0xFFFFFF, 3), (byte)((left >> 24 << 4) | (right >> 24)), .. Big(right & 0xFFFFFF, 3)],
                _ => [.. Big(left, 4), .. Big(right, 4)],
            });
        }

        file.AddRange(new byte[16]);
        file.AddRange(data);
        file.AddRange([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        file.AddRange(Map(
            ("node_count", Unsigned(nodes.Count)), ("record_size", Unsigned(recordBits)), ("ip_version", Unsigned(version)), ("binary_format_major_version", Unsigned(2)),
            ("database_type", Text("Test"))));
        return [.. file];
    }

    public static byte[] Map(params (string Key, byte[] Value)[] members) => [(byte)(0xE0 | members.Length), .. members.SelectMany(m => Text(m.Key).Concat(m.Value))];

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text) is { Length: < 29 } bytes ? [(byte)(0x40 | bytes.Length), .. bytes] : throw new ArgumentException("too long", nameof(text));

    /// <summary>A pointer of eleven bits.</summary>
    public static byte[] Pointer(int target) => [(byte)(0x20 | (target >> 8)), (byte)target];

    private static byte[] Unsigned(long number) => [0xC4, .. Big(number, 4)];

    private static long Final(long record, int nodes) => record switch
    {
        -1 => nodes,
        < -1 => nodes + 16 + (-2 - record),
        _ => record,
    };

    private static byte[] Big(long number, int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(number >> (8 * (length - 1 - i))))];
}
