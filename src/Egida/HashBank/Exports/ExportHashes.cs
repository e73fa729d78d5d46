using System.Security.Cryptography;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Exports;

/// <param name="Digest">SHA-256 of the file: which copy is meant can be proved later.</param>
/// <param name="Sources">Whose word was passed on.</param>
public sealed record HashesExported(string Format, long Since, long Until, string? Label, int Records, string Digest, IReadOnlyList<short> Sources, StaffId ExportedBy) : DomainEvent;

/// <summary>
/// Our own hashes go out as a file. It is there under its name only when the log has who exported what; only the house's own word is passed on, unless
/// <c>HashExports:PassOn</c> names sources that allow it.
/// </summary>
internal sealed class ExportHashes(EgidaDb db, ActionBook actions, ExportRecords records)
{
    public static readonly ActionKind Kind = new("hash-bank.export-records");

    /// <param name="Since">The change up to which the recipient has everything.</param>
    public sealed record Wanted(IExportFormat Format, long Since, string? Label, string File, StaffId By);

    /// <param name="Until">From here the next export goes on.</param>
    /// <param name="NotCarried">Records that the form has no place for.</param>
    public sealed record Result(int Records, int NotCarried, long Until, string Digest);

    /// <exception cref="ExportImpossibleException">It can't be; the message says why.</exception>
    public async Task<Result> Handle(Wanted wanted, CancellationToken cancellation)
    {
        if (File.Exists(wanted.File))
        {
            throw new ExportImpossibleException($"There is a file {wanted.File} already. Choose another name.");
        }

        var sources = await records.Sources(cancellation);
        var until = await db.Set<BankHead>().Select(h => h.Changes).SingleAsync(cancellation);
        var draft = wanted.File + ".part";
        try
        {
            var (offered, carried, digest) = await Write(wanted, new ExportRecords.Range(wanted.Since, until, sources, wanted.Label), draft, cancellation);
            var action = actions.Begin(Kind, Actor.Of(wanted.By), "hash-bank:records");
            action.Emit(new HashesExported(wanted.Format.Name, wanted.Since, until, wanted.Label, carried, digest, sources, wanted.By));
            await action.Commit(cancellation);
            File.Move(draft, wanted.File);
            return new Result(carried, offered - carried, until, digest);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private async Task<(int Offered, int Carried, string Digest)> Write(Wanted wanted, ExportRecords.Range range, string draft, CancellationToken cancellation)
    {
        var offered = 0;
        await using var file = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            BufferSize = 1 << 16,
        });
        var carried = await wanted.Format.Write(Counted(), file, cancellation);
        file.Flush(flushToDisk: true);
        file.Position = 0;
        return (offered, carried, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)));

        async IAsyncEnumerable<ExportItem> Counted()
        {
            await foreach (var item in records.Read(range, cancellation))
            {
                if (!item.IsGone || wanted.Format.CarriesGone)
                {
                    offered++;
                    yield return item;
                }
            }
        }
    }
}

/// <summary>Nothing was exported; the message says why and what to do.</summary>
internal sealed class ExportImpossibleException(string message) : Exception(message);
