using System.Text.Json;
using Egida.HashBank;
using Egida.HashBank.Exports;
using Egida.Matching;

namespace Egida.Police;

/// <summary>
/// The hashes of the files that were found illegal, in the form of Project VIC (VICS 2.0, `#Media`), for the police's media software. A harmless picture of the same page isn't in it:
/// a hash set names what is sought.
/// </summary>
internal static class VicsForm
{
    public static async Task<byte[]> Compose(CaseFacts facts, CancellationToken cancellation)
    {
        using var all = new MemoryStream();
        await new VicsExport().Write(Items(facts).ToAsyncEnumerable(), all, cancellation);
        return all.ToArray();
    }

    private static IEnumerable<ExportItem> Items(CaseFacts facts) =>
        from planned in facts.Plan.Objects
        let finding = facts.FindingOf(planned.About.Id)
        where finding is not null
        let codes = facts.Outcomes.Where(o => o.EvidenceId == planned.About.Id).GroupBy(o => o.Scheme).ToDictionary(g => g.Key, g => g.Last().Code)
        where finding.Verdict is MediaVerdict.KnownExact or MediaVerdict.KnownNear || codes.ContainsKey("XARF")
        select new ExportItem(
            HashRecordId.From(finding.Number),
            new ItemHashes
            {
                Md5 = Convert.FromHexString(finding.Md5),
                Sha1 = Convert.FromHexString(finding.Sha1),
                Sha256 = Convert.FromHexString(finding.Sha256),
                Pdq = finding.Pdq is { } pdq ? Convert.FromHexString(pdq) : null,
                PdqQuality = (byte?)finding.PdqQuality,
            },
            Classification.Of("case", "{}", JsonSerializer.Serialize(codes)),
            RecordFlags.None);
}
