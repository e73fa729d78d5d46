using System.Buffers;
using System.Text;
using Egida.HashSearch;

namespace Egida.HashBank.Imports;

/// <summary>The hashes of one line, while they are read. For the next line it is begun anew.</summary>
internal sealed class ListItem
{
    /// <summary>Longer than any hash of these kinds: of more, the text is cut, and wrong anyway.</summary>
    private const int LongestText = 400;

    private byte[]? md5, sha1, sha256, pdq, photoDna;
    private byte? quality;
    private HashText.Reading.Bad? flat;

    /// <summary>The first.</summary>
    public HashText.Reading.Bad? Problem { get; private set; }

    public void Begin()
    {
        md5 = sha1 = sha256 = pdq = photoDna = null;
        quality = null;
        flat = Problem = null;
    }

    /// <returns>Null if the length says nothing.</returns>
    public static HashKind? KindOf(ReadOnlySpan<byte> token) => token.Length switch
    {
        2 * Md5Hash.ByteLength => HashKind.Md5,
        2 * Sha1Hash.ByteLength => HashKind.Sha1,
        2 * OpaqueVector144.ByteLength or OpaqueVector144.ByteLength / 3 * 4 => HashKind.PhotoDna,
        _ => null,
    };

    public void Take(HashKind? kind, ReadOnlySpan<byte> token)
    {
        switch (kind)
        {
            case null:
                Problem ??= token.Length == 2 * Hash256.ByteLength
                    ? new("unknown-kind", "64 digits are SHA-256 or PDQ: choose the format sha256-list or pdq-list, or name the columns in the first line.")
                    : new("wrong-length", $"No kind of hash has {token.Length} characters.");
                break;
            case HashKind.Md5:
                Take(ref md5, HashKind.Md5, token);
                break;
            case HashKind.Sha1:
                Take(ref sha1, HashKind.Sha1, token);
                break;
            case HashKind.Sha256:
                Take(ref sha256, HashKind.Sha256, token);
                break;
            case HashKind.Pdq:
                Take(ref pdq, HashKind.Pdq, token);
                break;
            default:
                Take(ref photoDna, HashKind.PhotoDna, token);
                break;
        }
    }

    public void TakeQuality(byte? value)
    {
        quality = value;
        if (value is null) Problem ??= new("wrong-quality", "The quality of a PDQ is a number from 0 to 100.");
    }

    public ImportRow Row(long place)
    {
        if (pdq is not null && !HashText.ShowsSomething(pdq, quality))
        {
            flat = (HashText.Reading.Bad)HashText.Read(HashKind.Pdq, Convert.ToHexStringLower(pdq), quality);
        }

        // A flat picture isn't known by its looks; by its digests it is.
        var problem = Problem ?? (md5 is null && sha1 is null && sha256 is null && photoDna is null ? flat : null);
        return problem is not null
            ? new ImportRow.Refused(problem.Code, problem.Detail) { Place = place }
            : new ImportRow.Item
            {
                Place = place,
                Hashes = new ItemHashes { Md5 = md5, Sha1 = sha1, Sha256 = sha256, Pdq = pdq, PdqQuality = pdq is null ? null : quality, Further = photoDna is null ? [] : [(HashKind.PhotoDna, null, photoDna, null)] },
            };
    }

    private void Take(ref byte[]? value, HashKind kind, ReadOnlySpan<byte> token)
    {
        if (value is not null)
        {
            Problem ??= new("twice", "There are two hashes of one kind in the line.");
            return;
        }

        var bytes = kind switch { HashKind.Md5 => Md5Hash.ByteLength, HashKind.Sha1 => Sha1Hash.ByteLength, HashKind.PhotoDna => OpaqueVector144.ByteLength, _ => Hash256.ByteLength };
        if (token.Length == 2 * bytes)
        {
            var read = new byte[bytes];
            if (Convert.FromHexString(token, read, out _, out _) == OperationStatus.Done)
            {
                value = read;
                return;
            }
        }

        // The rest is rare: the one reader of hashes says what is wrong.
        switch (HashText.Read(kind, Encoding.Latin1.GetString(token[..Math.Min(token.Length, LongestText)])))
        {
            case HashText.Reading.Good good:
                value = good.Value;
                break;
            case HashText.Reading.Bad bad:
                Problem ??= bad;
                break;
        }
    }
}
