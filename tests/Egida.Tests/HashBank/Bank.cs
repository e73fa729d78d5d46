using System.Security.Cryptography;
using Egida.HashBank;
using Egida.HashSearch;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank;

/// <summary>Items that exist only as hashes of their number.</summary>
internal static class Bank
{
    public const string Labels = """{"nature":["code-1"]}""";

    public static byte[] Bytes(int item) => BitConverter.GetBytes(item);

    public static Hash256 Look(int item) => Hash256.FromBytes(SHA256.HashData([1, .. Bytes(item)]));

    /// <summary>The same look with this many bits turned over.</summary>
    public static Hash256 Near(int item, int bits)
    {
        var code = Look(item).ToByteArray();
        for (var bit = 0; bit < bits; bit++)
        {
            code[bit * 5 % 256 / 8] ^= (byte)(1 << (bit * 5 % 8));
        }

        return Hash256.FromBytes(code);
    }

    public static List<(HashKind Kind, string Value, int? Quality)> HashesOf(int item) =>
    [
        (HashKind.Md5, Convert.ToHexStringLower(MD5.HashData(Bytes(item))), null),
        (HashKind.Sha1, Convert.ToHexStringLower(SHA1.HashData(Bytes(item))), null),
        (HashKind.Sha256, Convert.ToHexStringLower(SHA256.HashData(Bytes(item))), null),
        (HashKind.Pdq, Look(item).ToString(), 100),
    ];

    public static StaffId Person(int number) => new(new Guid(number, 0, 0, new byte[8]));

    public static async Task<HashRecordId> Record(this EgidaHost host, int item, IReadOnlyList<(HashKind, string, int?)>? hashes = null, string outcomes = """{"PL":"illegal"}""") =>
        (await host.InScope((IServiceProvider services) => services.GetRequiredService<ProposeHashRecord>().Handle(
            services.GetRequiredService<ActionBook>(),
            new(Person(1), null, null, Labels, hashes ?? HashesOf(item)) { Outcomes = outcomes },
            CancellationToken.None)))!.Value;

    /// <summary>A record that two people stand for.</summary>
    public static async Task<HashRecordId> Known(this EgidaHost host, int item, IReadOnlyList<(HashKind, string, int?)>? hashes = null, string outcomes = """{"PL":"illegal"}""")
    {
        var record = await host.Record(item, hashes, outcomes);
        await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(record, Person(2), CancellationToken.None));
        return record;
    }

    public static Task<HashRecord> Get(this EgidaHost host, HashRecordId id) => host.Read(db => db.Set<HashRecord>().AsNoTracking().SingleAsync(r => r.Id == id));

    public static Task<long> Changes(this EgidaHost host) => host.Read(db => db.Set<BankHead>().Select(h => h.Changes).SingleAsync());
}
