using System.Security.Cryptography;
using System.Text.Json;
using Egida.Access;
using Egida.HashBank;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Sandboxing;

namespace Egida.Demo;

/// <summary>Puts the simulated world's known pictures into the hash database, as two people would: one proposes, another confirms.</summary>
internal static class DemoKnown
{
    private static readonly ActionKind Propose = new("demo.propose-known");
    private static readonly ActionKind Confirm = new("demo.confirm-known");

    private const string Labels = """{"content":["rank-2"],"reality":["real"],"age":["pubescent"]}""";

    public static async Task Fill(IServiceProvider services, string listFile, CurrentStaff proposer, CurrentStaff confirmer, CancellationToken cancellation)
    {
        var sandbox = new MediaSandbox(TimeProvider.System);
        using var list = JsonDocument.Parse(await File.ReadAllTextAsync(listFile, cancellation));
        var folder = Path.GetDirectoryName(listFile)!;
        foreach (var file in list.RootElement.EnumerateArray().Select(i => Path.Combine(folder, i.GetProperty("file").GetString()!)))
        {
            var bytes = await File.ReadAllBytesAsync(file, cancellation);
            var inspection = await sandbox.Inspect(bytes, cancellation);
            await using var scope = services.CreateAsyncScope();
            var proposal = scope.ServiceProvider.GetRequiredService<ActionBook>().Begin(Propose, proposer.Actor, "hash-bank:known");
            var record = new HashRecord { Id = Id.New<HashRecordId>(proposal.Clock), Labels = Labels, ProposedBy = proposer.Id, ProposedAt = proposal.Now };
            record.Hashes.AddRange(Hashes(record.Id, bytes, inspection));
            proposal.Db.Add(record);
            proposal.Emit(new HashRecordProposed(record.Id, null, proposer.Id));
            await proposal.Commit(cancellation);

            var confirmation = scope.ServiceProvider.GetRequiredService<ActionBook>().Begin(Confirm, confirmer.Actor, "hash-bank:known");
            record.Confirm(confirmer.Id, confirmation.Now);
            await confirmation.Commit(cancellation);
        }
    }

    private static IEnumerable<RecordHash> Hashes(HashRecordId id, byte[] bytes, Inspection inspection)
    {
        yield return new RecordHash { RecordId = id, Kind = HashKind.Md5, Value = Convert.ToHexStringLower(MD5.HashData(bytes)) };
        yield return new RecordHash { RecordId = id, Kind = HashKind.Sha1, Value = Convert.ToHexStringLower(SHA1.HashData(bytes)) };
        yield return new RecordHash { RecordId = id, Kind = HashKind.Sha256, Value = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
        if (inspection is Inspection.Decoded decoded)
        {
            yield return new RecordHash { RecordId = id, Kind = HashKind.Pdq, Value = decoded.Pdq.Hash.ToString(), Quality = decoded.Pdq.Quality };
        }
    }
}
