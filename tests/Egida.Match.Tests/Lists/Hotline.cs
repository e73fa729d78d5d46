using System.Security.Cryptography;
using Egida.HashSearch;
using Egida.HashSearch.Tests.Files;

namespace Egida.Match.Tests.Lists;

/// <summary>A hotline that makes lists, and a recipient that opens them, in a folder of their own.</summary>
internal sealed class Hotline : IDisposable
{
    public static readonly DateTimeOffset Today = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Hotline()
    {
        Signer = new("hotline.example/lists", _key);
        Trust = new() { Key = Signer.Key, Recipient = "laboratory.example", Clock = Clock };
    }

    public TemporaryFolder Folder { get; } = TemporaryFolder.InMemory();

    public StoppedClock Clock { get; } = new(Today);

    public ListSigner Signer { get; }

    public ListTrust Trust { get; }

    public static ListHeader Header(long number = 1, long? since = null) => new()
    {
        Series = "hotline.example/known",
        Number = number,
        Since = since,
        Made = Today.AddHours(-1),
        ValidUntil = Today.AddDays(30),
        Recipient = "laboratory.example",
        Jurisdiction = "pl",
        Kinds = ListKinds.All,
    };

    /// <summary>A record whose hashes all come of its number.</summary>
    public static ListRecord Record(long number, string @class = "pl:a", int version = 0) => new()
    {
        Number = number,
        Class = @class,
        Item = ItemKind.Picture,
        Flags = RecordFlags.Distributed,
        Md5 = [Md5Hash.FromBytes(MD5.HashData(Text(number, version)))],
        Sha1 = [Sha1Hash.FromBytes(SHA1.HashData(Text(number, version)))],
        Sha256 = [Sha256Hash.FromBytes(SHA256.HashData(Text(number, version)))],
        Pdq = [Hash256.FromBytes(SHA256.HashData(Text(number, version)))],
    };

    public string Write(ListHeader header, IEnumerable<ListRecord> records, params long[] withdrawn) => Write(header, records, Signer, withdrawn);

    public string Write(ListHeader header, IEnumerable<ListRecord> records, ListSigner signer, params long[] withdrawn)
    {
        using var writer = new ListWriter(header);
        foreach (var record in records) writer.Add(record);
        foreach (var number in withdrawn) writer.Withdraw(number);
        var path = Folder[$"{header.Number}-{header.Recipient}-{Guid.NewGuid():n}.list"];
        writer.Save(path, signer);
        return path;
    }

    public KnownList Open(params string[] paths) => KnownList.Open(Trust, paths);

    public ListProblem Refused(params string[] paths) => Refused(Trust, paths);

    public static ListProblem Refused(ListTrust trust, params string[] paths)
    {
        var refused = Assert.Throws<ListRefusedException>(() => KnownList.Open(trust, paths));
        // What is wrong, where, and what to do.
        Assert.Contains(refused.Path, refused.Message, StringComparison.Ordinal);
        Assert.True(refused.Message.Split(". ").Length >= 2, refused.Message);
        return refused.Problem;
    }

    public void Dispose()
    {
        _key.Dispose();
        Folder.Dispose();
    }

    private static byte[] Text(long number, int version) => System.Text.Encoding.ASCII.GetBytes($"record {number} {version}");
}
