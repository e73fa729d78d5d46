using System.Security.Cryptography;
using Egida.Evidence.Sealing;
using Egida.Intake;
using Egida.Platform;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Evidence;

/// <summary>
/// The front door to sealed material. Whatever goes in or out passes here, inside an action, and leaves a link in the object's chain of custody
/// that commits with the action. To show content to a person: commit first, then send; what isn't on record isn't shown.
/// </summary>
public sealed class SealedStore
{
    private const string Tool = "egida-store";

    private readonly string folder;
    private readonly CaseKeys keys;

    internal SealedStore(IConfiguration configuration, CaseKeys keys)
    {
        folder = DataFolder.Of(configuration, "sealed");
        this.keys = keys;
    }

    /// <summary>
    /// Checks the whole sealed file before an action takes its turn, in which everybody else waits: a video may have gigabytes. Nothing of it can be read until <see cref="Open(ActionContext, CheckedSeal, string, CancellationToken, CustodyAct)"/>
    /// has put it on record; dispose it if that doesn't come.
    /// </summary>
    /// <exception cref="SealBrokenException">The sealed file isn't the one that was sealed, or the case key was destroyed.</exception>
    public async Task<CheckedSeal> Check(EgidaDb db, EvidenceId id, CancellationToken cancellation)
    {
        var about = await Find(db, id, cancellation);
        return new CheckedSeal(about, await OpenSealed(db, about, cancellation));
    }

    /// <summary>As the other one, of a file that was checked before the turn. In the turn it is asked once more whether its key wasn't destroyed meanwhile.</summary>
    /// <exception cref="SealBrokenException">The case key was destroyed.</exception>
    public async Task<Stream> Open(ActionContext action, CheckedSeal ready, string purpose, CancellationToken cancellation, CustodyAct act = CustodyAct.Opened)
    {
        RequireReading(action, act);
        if (!await action.Db.Set<CaseKey>().AnyAsync(k => k.ItemId == ready.About.ItemId && k.DestroyedAt == null, cancellation))
        {
            throw new SealBrokenException("The case key was destroyed: this evidence can't be opened any more.");
        }

        await Note(action, ready.About, act, purpose, cancellation);
        return ready.Take();
    }

    /// <summary>The content as a stream that checks every chunk before giving it out. Stays readable after the action's commit; dispose it.</summary>
    /// <param name="action">Its kind must say LooksAtMaterial.</param>
    /// <param name="purpose">Why, for the chain of custody: a code or a short text without addresses.</param>
    /// <param name="act">Opened by the system, Previewed by a person, Exported into a package.</param>
    /// <exception cref="SealBrokenException">The sealed file isn't the one that was sealed, or the case key was destroyed.</exception>
    public async Task<Stream> Open(
        ActionContext action, EvidenceId id, string purpose, CancellationToken cancellation, CustodyAct act = CustodyAct.Opened)
    {
        RequireReading(action, act);
        var about = await Find(action.Db, id, cancellation);
        var content = await OpenSealed(action.Db, about, cancellation);
        try
        {
            await Note(action, about, act, purpose, cancellation);
            return content;
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    /// <summary>The whole content. Only for what is known to be small: media may have hundreds of megabytes.</summary>
    public async Task<byte[]> Read(
        ActionContext action, EvidenceId id, string purpose, CancellationToken cancellation, CustodyAct act = CustodyAct.Opened)
    {
        await using var content = await Open(action, id, purpose, cancellation, act);
        using var all = new MemoryStream();
        await content.CopyToAsync(all, cancellation);
        return all.ToArray();
    }

    /// <summary>Seals what this system made from an item's material (a preview, a package's part).</summary>
    public async Task<EvidenceId> Seal(
        ActionContext action, ItemId item, EvidenceKind kind, ReadOnlyMemory<byte> content, string? mediaType, EvidenceId? derivedFrom,
        CancellationToken cancellation)
    {
        var id = Id.New<EvidenceId>(action.Clock);
        var draft = Path.Combine(folder, $"{id.Value:N}.draft");
        SealedFacts made;
        try
        {
            await using (var seal = new SealingStream(id.Value, new FileStream(draft, FileMode.CreateNew, FileAccess.Write)))
            {
                await seal.WriteAsync(content, cancellation);
                made = await seal.Finish(cancellation);
            }

            await using var sealedFile = File.OpenRead(draft);
            await Take(sealedFile, made.SealedSize, made.SealedSha256, cancellation);
        }
        finally
        {
            File.Delete(draft);
        }

        await Enter(action, new NewObject(id, item, kind, null, derivedFrom, mediaType, made, "", action.Now, Tool), cancellation);
        return id;
    }

    /// <summary>A link in the chain for an act that needs no reading: handed over, for instance.</summary>
    public async Task Note(ActionContext action, EvidenceId id, CustodyAct act, string purpose, CancellationToken cancellation) =>
        await Note(action, await Find(action.Db, id, cancellation), act, purpose, cancellation);

    /// <summary>Copies a sealed file into the store under its hash, checking it on the way; on disk when this returns. Twice does no harm.</summary>
    internal async Task Take(Stream source, long size, string sealedSha256, CancellationToken cancellation)
    {
        var path = PathOf(sealedSha256);
        if (File.Exists(path) && new FileInfo(path).Length == size)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Environment.ProcessId}";
        try
        {
            await using (var target = new FileStream(draft, FileMode.Create, FileAccess.Write))
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var block = new byte[1 << 16];
                while (await source.ReadAsync(block, cancellation) is > 0 and var read)
                {
                    hash.AppendData(block, 0, read);
                    await target.WriteAsync(block.AsMemory(0, read), cancellation);
                }

                target.Flush(flushToDisk: true);
                if (target.Length != size || Convert.ToHexStringLower(hash.GetCurrentHash()) != sealedSha256)
                {
                    throw new SealBrokenException("The sealed file isn't the one that its manifest describes.");
                }
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>The rows of an object whose sealed file is in the store: itself, and the beginning of its chain.</summary>
    internal async Task Enter(ActionContext action, NewObject made, CancellationToken cancellation)
    {
        var caseKey = await keys.OpenOrMake(action, made.Item, cancellation)
            ?? throw new SealBrokenException("The case key was destroyed: nothing can be added to this case.");
        var sealedSha256 = Convert.FromHexString(made.Facts.SealedSha256);
        var about = new EvidenceObject
        {
            Id = made.Id,
            ItemId = made.Item,
            Kind = made.Kind,
            Source = made.Source,
            DerivedFrom = made.DerivedFrom,
            ClaimedMediaType = made.MediaType,
            Size = made.Facts.Size,
            Sha256 = Convert.FromHexString(made.Facts.Sha256),
            SealedSize = made.Facts.SealedSize,
            SealedSha256 = sealedSha256,
            WrappedKey = WrappedKey.Wrap(caseKey, made.Facts.Key, CaseKeys.Purpose(made.Id, sealedSha256)),
            Marks = made.Marks,
            CapturedAt = made.CapturedAt,
            Tool = made.Tool,
        };
        CryptographicOperations.ZeroMemory(caseKey);
        CryptographicOperations.ZeroMemory(made.Facts.Key);
        action.Db.Add(about);
        if (made.DerivedFrom is null)
        {
            await CustodyChain.Add(action, about, CustodyAct.Captured, "reported", made.Tool, cancellation);
        }

        await CustodyChain.Add(action, about, CustodyAct.Hashed, "integrity", made.Tool, cancellation);
        var last = await CustodyChain.Add(action, about, CustodyAct.Sealed, "safekeeping", made.Tool, cancellation);
        action.Emit(new EvidenceSealed(about.Id, about.ItemId, about.Kind, Convert.ToHexStringLower(last.Hash)));
    }

    /// <summary>An action that sealed something will not be committed: its files go, because nobody would ever find or open them.</summary>
    internal void Discard(ActionContext action)
    {
        foreach (var entry in action.Db.ChangeTracker.Entries<EvidenceObject>().Where(e => e.State == Microsoft.EntityFrameworkCore.EntityState.Added))
        {
            Erase(Convert.ToHexStringLower(entry.Entity.SealedSha256));
        }
    }

    internal void Erase(string sealedSha256) => File.Delete(PathOf(sealedSha256));

    private static void RequireReading(ActionContext action, CustodyAct act)
    {
        if (!action.Kind.LooksAtMaterial)
        {
            throw new InvalidOperationException($"The action {action.Kind.Name} doesn't say LooksAtMaterial: it can't open sealed evidence.");
        }

        if (act is not (CustodyAct.Opened or CustodyAct.Previewed or CustodyAct.Exported))
        {
            throw new ArgumentOutOfRangeException(nameof(act), act, "Only opening, previewing and exporting read the content.");
        }
    }

    private static async Task<EvidenceObject> Find(EgidaDb db, EvidenceId id, CancellationToken cancellation) =>
        await db.Set<EvidenceObject>().FindAsync([id], cancellation) ?? throw new InvalidOperationException($"There is no evidence {id}.");

    private static async Task Note(ActionContext action, EvidenceObject about, CustodyAct act, string purpose, CancellationToken cancellation)
    {
        var link = await CustodyChain.Add(action, about, act, purpose, Tool, cancellation);
        action.Emit(new EvidenceTouched(about.Id, about.ItemId, act, Convert.ToHexStringLower(link.Hash)));
    }

    private async Task<Stream> OpenSealed(EgidaDb db, EvidenceObject about, CancellationToken cancellation)
    {
        var caseKey = await db.Set<CaseKey>().FindAsync([about.ItemId], cancellation) is { } row ? keys.Open(row) : null;
        if (caseKey is null)
        {
            throw new SealBrokenException("The case key was destroyed: this evidence can't be opened any more.");
        }

        FileStream file;
        try
        {
            file = File.OpenRead(PathOf(Convert.ToHexStringLower(about.SealedSha256)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SealBrokenException("The sealed file isn't in the store.");
        }

        try
        {
            if (file.Length != about.SealedSize || !(await SHA256.HashDataAsync(file, cancellation)).AsSpan().SequenceEqual(about.SealedSha256))
            {
                throw new SealBrokenException("The sealed file isn't the one that was sealed.");
            }

            file.Position = 0;
            var key = WrappedKey.Unwrap(caseKey, about.WrappedKey, CaseKeys.Purpose(about.Id, about.SealedSha256));
            var content = new OpeningStream(about.Id.Value, file, key, Convert.ToHexStringLower(about.Sha256));
            CryptographicOperations.ZeroMemory(key);
            return content;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(caseKey);
        }
    }

    private string PathOf(string sealedSha256) => Path.Combine(folder, sealedSha256[..2], $"{sealedSha256}.sealed");
}

/// <summary>A sealed file that is the one that was sealed, held open; not readable yet.</summary>
public sealed class CheckedSeal : IAsyncDisposable
{
    private Stream? content;

    internal CheckedSeal(EvidenceObject about, Stream content) => (About, this.content) = (about, content);

    internal EvidenceObject About { get; }

    public ValueTask DisposeAsync() => content?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Whoever takes it disposes it.</summary>
    internal Stream Take()
    {
        var taken = content ?? throw new InvalidOperationException("It was taken already.");
        content = null;
        return taken;
    }
}

internal sealed record NewObject(
    EvidenceId Id, ItemId Item, EvidenceKind Kind, ReportedAddress? Source, EvidenceId? DerivedFrom, string? MediaType, SealedFacts Facts, string Marks,
    DateTime CapturedAt, string Tool);
