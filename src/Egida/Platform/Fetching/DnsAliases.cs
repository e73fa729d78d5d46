using System.Buffers.Binary;
using System.Text;

namespace Egida.Platform.Fetching;

/// <summary>
/// Reads the chain of aliases out of an answer (RFC 1035 §4.1): libunbound hands over the last name only. Broken packets give a shorter chain, never
/// an error: the chain explains an answer, it decides nothing.
/// </summary>
internal static class DnsAliases
{
    private const int TypeAlias = 5;
    private const int MostAliases = 16;

    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> packet, string name)
    {
        var targets = Records(packet);
        var chain = new List<string>();
        var at = name.TrimEnd('.');
        while (chain.Count < MostAliases && targets.Remove(at, out var target))
        {
            chain.Add(target);
            at = target;
        }

        return chain;
    }

    private static Dictionary<string, string> Records(ReadOnlySpan<byte> packet)
    {
        var targets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (packet.Length < 12)
        {
            return targets;
        }

        var questions = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]);
        var answers = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        var at = 12;
        for (var i = 0; i < questions; i++)
        {
            if (Name(packet, ref at) is null || (at += 4) > packet.Length)
            {
                return targets;
            }
        }

        for (var i = 0; i < answers; i++)
        {
            if (Name(packet, ref at) is not { } owner || at + 10 > packet.Length)
            {
                break;
            }

            var type = BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
            var data = at + 10;
            at = data + BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 8)..]);
            if (type == TypeAlias && Name(packet, ref data) is { } target)
            {
                targets.TryAdd(owner, target);
            }
        }

        return targets;
    }

    /// <summary>Follows compression pointers (each must point backwards) and leaves <paramref name="at"/> behind the name's own bytes.</summary>
    private static string? Name(ReadOnlySpan<byte> packet, ref int at)
    {
        var text = new StringBuilder();
        var position = at;
        var jumped = false;
        while (position >= 0 && position < packet.Length)
        {
            var length = packet[position];
            if (length == 0)
            {
                at = jumped ? at : position + 1;
                return text.ToString();
            }

            if ((length & 0xC0) == 0xC0)
            {
                if (position + 1 >= packet.Length)
                {
                    return null;
                }

                var target = ((length & 0x3F) << 8) | packet[position + 1];
                at = jumped ? at : position + 2;
                jumped = true;
                if (target >= position)
                {
                    return null;
                }

                position = target;
                continue;
            }

            if (position + 1 + length > packet.Length || text.Length + length > 255)
            {
                return null;
            }

            text.Append(text.Length > 0 ? "." : "").Append(Encoding.Latin1.GetString(packet.Slice(position + 1, length)));
            position += 1 + length;
        }

        return null;
    }
}
