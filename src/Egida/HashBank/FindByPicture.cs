using System.Security.Cryptography;
using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Sandboxing;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;

namespace Egida.HashBank;

/// <param name="Found">Records, whatever their state.</param>
public sealed record PictureLookedUp(StaffId By, int Found) : DomainEvent;

/// <summary>
/// Somebody has a file and wants to know what the bank knows about it. It is hashed in memory, decoded only in the sandbox, shown nowhere and kept nowhere; that
/// somebody asked is in the log.
/// </summary>
internal sealed class FindByPicture(ActionBook actions, MediaSandbox sandbox, BankSearch search)
{
    public static readonly ActionKind Kind = new("hash-bank.find-by-picture");

    /// <param name="Why">The code of what kept its looks from being looked up; null if they were.</param>
    public sealed record Answer(IReadOnlyList<BankHit> Hits, string? Why);

    public async Task<Answer> Handle(ReadOnlyMemory<byte> content, StaffId by, CancellationToken cancellation)
    {
        var inspection = await sandbox.Inspect(content, cancellation);
        var (asked, why) = Asked(content.Span, inspection);
        var hits = (await search.Find(asked, cancellation)).SelectMany(h => h).GroupBy(h => h.Record.Id).Select(g => g.MinBy(h => (h.Distance, h.Kind))!)
            .OrderBy(h => h.Distance).ThenBy(h => h.Record.Id.Value).ToList();
        var action = actions.Begin(Kind, Actor.Of(by), "hash-bank:look-up");
        action.Emit(new PictureLookedUp(by, hits.Count));
        await action.Commit(cancellation);
        return new Answer(hits, why);
    }

    /// <summary>Its bytes always; its looks turned and mirrored in all eight ways, if it shows something.</summary>
    internal static (IReadOnlyList<BankSearch.Asked> Asked, string? Why) Asked(ReadOnlySpan<byte> content, Inspection inspection)
    {
        var looks = inspection is Inspection.Decoded decoded && HashText.ShowsSomething(decoded.Pdq.Hash.ToByteArray(), decoded.Pdq.Quality)
            ? decoded.TurnedPdq.Where(way => HashText.ShowsSomething(way.ToByteArray(), null)).Select(way => new BankSearch.Asked(HashKind.Pdq, way.ToByteArray(), Lookup.Radius))
            : [];
        // MD5 and SHA-1 protect nothing here: they are what lists of others hold.
        return (
            [new(HashKind.Sha256, SHA256.HashData(content)), new(HashKind.Sha1, SHA1.HashData(content)), new(HashKind.Md5, MD5.HashData(content)), .. looks],
            inspection switch
            {
                Inspection.Decoded when looks.Any() => null,
                Inspection.Decoded => "flat",
                Inspection.Unsupported => "no-picture",
                _ => "undecodable",
            });
    }

    internal static async Task<IResult> Post(HttpContext context, CurrentStaff staff, EgidaDb db, BlindTo blind, FindByPicture find, Words words, CancellationToken cancellation)
    {
        var file = context.Request.HasFormContentType ? context.Request.Form.Files.FirstOrDefault() : null;
        if (file is not { Length: > 0 })
        {
            return await ListHashRecords.OfPicture(staff, db, blind, [], null, [new FormError("picture", words["hash-bank.picture.missing"])], cancellation);
        }

        var bytes = new byte[file.Length];
        try
        {
            await using var stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(bytes, cancellation);
            var answer = await find.Handle(bytes, staff.Id, cancellation);
            return await ListHashRecords.OfPicture(staff, db, blind, answer.Hits, answer.Why, [], cancellation);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
