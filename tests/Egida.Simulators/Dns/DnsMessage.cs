using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Egida.Simulators;

internal enum DnsCode
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,
}

/// <summary>RFC 1035 wire form: one question in, resource records out; EDNS (RFC 6891) is read for the size and answered.</summary>
internal sealed class DnsQuestion
{
    public required ushort Id { get; init; }
    public required bool RecursionDesired { get; init; }
    public required int Opcode { get; init; }
    public required string Name { get; init; }
    public required ushort Type { get; init; }
    public required byte[] Wire { get; init; }
    public int LargestAnswer { get; init; } = 512;
    public bool HasEdns { get; init; }

    public static DnsQuestion? Read(ReadOnlySpan<byte> message)
    {
        if (message.Length < 17 || (message[2] & 0x80) != 0 || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1)
            return null;

        var labels = new List<string>();
        var at = 12;
        while (at < message.Length && message[at] != 0)
        {
            int length = message[at];
            if (length > 63 || at + 1 + length >= message.Length)
                return null;
            labels.Add(Encoding.Latin1.GetString(message.Slice(at + 1, length)));
            at += 1 + length;
        }

        if (at + 5 > message.Length)
            return null;

        var rest = message[(at + 5)..];
        // An OPT record has the root name, type 41, and the sender's buffer size where others have the class.
        var edns = rest.Length >= 11 && rest[0] == 0 && BinaryPrimitives.ReadUInt16BigEndian(rest[1..]) == 41;
        return new DnsQuestion
        {
            Id = BinaryPrimitives.ReadUInt16BigEndian(message),
            RecursionDesired = (message[2] & 1) != 0,
            Opcode = (message[2] >> 3) & 0xF,
            Name = string.Join('.', labels),
            Type = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 1)..]),
            Wire = message[12..(at + 5)].ToArray(),
            HasEdns = edns,
            LargestAnswer = edns ? Math.Max((int)BinaryPrimitives.ReadUInt16BigEndian(rest[3..]), 512) : 512,
        };
    }
}

internal sealed class DnsAnswer(DnsQuestion question)
{
    private readonly List<byte[]> answers = [];
    private readonly List<byte[]> authority = [];

    public DnsCode Code { get; set; }

    public void Add(string owner, IPAddress address, uint ttl) =>
        answers.Add(Record(owner, (ushort)(address.GetAddressBytes().Length == 4 ? 1 : 28), ttl, address.GetAddressBytes()));

    public void AddAlias(string owner, string target, uint ttl) => answers.Add(Record(owner, 5, ttl, WireName(target)));

    /// <summary>RFC 2308: the negative answer's life time is in the SOA.</summary>
    public void AddStartOfAuthority()
    {
        var data = new List<byte>([.. WireName("ns.example"), .. WireName("hostmaster.example")]);
        foreach (var number in new uint[] { 1, 60, 60, 60, 1 })
            data.AddRange(BigEndian(number));
        authority.Add(Record("example", 6, 1, [.. data]));
    }

    public byte[] ToWire(int largest, bool truncate = false)
    {
        var whole = truncate ? null : Assemble(answers, truncated: false);
        return whole is not null && whole.Length <= largest ? whole : Assemble([], truncated: true);
    }

    private byte[] Assemble(List<byte[]> records, bool truncated)
    {
        var message = new List<byte>(512);
        message.AddRange(BigEndian(question.Id));
        message.Add((byte)(0x84 | (question.Opcode << 3) | (truncated ? 2 : 0) | (question.RecursionDesired ? 1 : 0)));
        message.Add((byte)(0x80 | (int)Code));
        var authorities = truncated ? [] : authority;
        foreach (var count in new[] { 1, records.Count, authorities.Count, question.HasEdns ? 1 : 0 })
            message.AddRange(BigEndian((ushort)count));
        message.AddRange(question.Wire);
        foreach (var record in records.Concat(authorities))
            message.AddRange(record);
        if (question.HasEdns)
            message.AddRange([0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0]);
        return [.. message];
    }

    private static byte[] Record(string owner, ushort type, uint ttl, byte[] data) =>
        [.. WireName(owner), .. BigEndian(type), 0, 1, .. BigEndian(ttl), .. BigEndian((ushort)data.Length), .. data];

    private static byte[] WireName(string name)
    {
        var wire = new List<byte>();
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
            wire.AddRange([(byte)label.Length, .. Encoding.Latin1.GetBytes(label)]);
        wire.Add(0);
        return [.. wire];
    }

    private static byte[] BigEndian(ushort number) => [(byte)(number >> 8), (byte)number];

    private static byte[] BigEndian(uint number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
}
