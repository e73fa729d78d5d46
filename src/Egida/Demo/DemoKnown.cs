using System.Security.Cryptography;
using System.Text.Json;
using Egida.Access;
using Egida.HashBank;
using Egida.Platform.Actions;
using Egida.Platform.Sandboxing;

namespace Egida.Demo;

/// <summary>Puts the simulated world's known pictures into the hash database, as two people would: one proposes, another confirms.</summary>
internal static class DemoKnown
{
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
            var proposal = new ProposeHashRecord.Proposal(proposer.Id, null, null, Labels, [.. Hashes(bytes, inspection)]);
            if (await scope.ServiceProvider.GetRequiredService<ProposeHashRecord>().Handle(scope.ServiceProvider.GetRequiredService<ActionBook>(), proposal, cancellation) is { } record)
            {
                await scope.ServiceProvider.GetRequiredService<ConfirmHashRecord>().Handle(record, confirmer.Id, cancellation);
            }
        }
    }

    private static IEnumerable<(HashKind Kind, string Value, int? Quality)> Hashes(byte[] bytes, Inspection inspection)
    {
        yield return (HashKind.Md5, Convert.ToHexStringLower(MD5.HashData(bytes)), null);
        yield return (HashKind.Sha1, Convert.ToHexStringLower(SHA1.HashData(bytes)), null);
        yield return (HashKind.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)), null);
        if (inspection is Inspection.Decoded decoded)
        {
            yield return (HashKind.Pdq, decoded.Pdq.Hash.ToString(), decoded.Pdq.Quality);
        }
    }
}
