using System.Security.Cryptography;

namespace Egida.Police.Sealing;

/// <summary>Counts and hashes what passes: SHA-256, and SHA-512 where it is wanted.</summary>
internal sealed class Digesting(Stream target, bool also512 = false) : WriteOnly
{
    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash? sha512 = also512 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA512) : null;

    public long Size { get; private set; }

    /// <summary>Of everything so far, lower-case hex.</summary>
    public string Sha256 => Convert.ToHexStringLower(sha256.GetCurrentHash());

    public string Sha512 => Convert.ToHexStringLower((sha512 ?? throw new InvalidOperationException("SHA-512 wasn't wanted.")).GetCurrentHash());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        sha256.AppendData(buffer);
        sha512?.AppendData(buffer);
        Size += buffer.Length;
        target.Write(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            sha256.Dispose();
            sha512?.Dispose();
        }

        base.Dispose(disposing);
    }
}
