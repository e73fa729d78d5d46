using System.Security.Cryptography;
using System.Text;
using Egida.HashBank;
using Egida.HashBank.Imports;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.HashBank.Imports;

/// <summary>Sources, files and rows of items that exist only as hashes of their number.</summary>
internal static class Importing
{
    public static Task<short?> Admit(this EgidaHost host, string code, Trust trust = Trust.Confirms) =>
        host.InScope((AdmitSource admit) => admit.Handle(new(code, code, trust.ToString()), Bank.Person(9), CancellationToken.None));

    public static ItemHashes Hashes(int item, bool md5 = true, bool sha1 = true, bool sha256 = false, bool pdq = true) => new()
    {
        Md5 = md5 ? MD5.HashData(Bank.Bytes(item)) : null,
        Sha1 = sha1 ? SHA1.HashData(Bank.Bytes(item)) : null,
        Sha256 = sha256 ? SHA256.HashData(Bank.Bytes(item)) : null,
        Pdq = pdq ? Bank.Look(item).ToByteArray() : null,
    };

    public static ImportRow.Item Row(long place, int item, Says says = Says.Known, string? key = null, Classification? classification = null, ItemHashes? hashes = null) =>
        new() { Place = place, Says = says, Key = key, Classification = classification, Hashes = hashes ?? Hashes(item) };

    /// <summary>The first of the rows, then the disk is gone.</summary>
    public static IEnumerable<ImportRow> BreaksAfter(IReadOnlyList<ImportRow> rows, int count)
    {
        foreach (var row in rows.Take(count)) yield return row;
        throw new IOException("the disk is gone");
    }

    public static Task<ImportRun> Import(this EgidaHost host, string source, IEnumerable<ImportRow> rows, string name = "rows", bool isDry = false, Action<ImportRun>? progress = null) =>
        host.Services.GetRequiredService<Importer>().Run(
            new ImportOrder(source, "rows", name, SHA256.HashData(Encoding.UTF8.GetBytes(name)), null, rows, () => 0) { IsDry = isDry }, progress, CancellationToken.None);

    public static async Task<ImportRun> ImportFile(this EgidaHost host, string source, string format, string path, bool isDry = false)
    {
        using var file = Egida.HashBank.Imports.ImportFile.Open(path);
        return await host.Services.GetRequiredService<Importer>().Run(
            new ImportOrder(source, format, file.Name, file.Fingerprint, file.Length, Rows(), () => file.Position) { IsDry = isDry, Mark = file.Mark }, null, CancellationToken.None);

        IEnumerable<ImportRow> Rows()
        {
            foreach (var row in HashList.All.Single(f => f.Name == format).Read(file.Content())) yield return row;
        }
    }

    public static Task<List<HashRecord>> Records(this EgidaHost host) => host.Read(db => db.Set<HashRecord>().AsNoTracking().OrderBy(r => r.Id).ToListAsync());
}
