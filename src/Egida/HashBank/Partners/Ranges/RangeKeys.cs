using System.Security.Cryptography;
using System.Text;
using Egida.Platform.Secrets;

namespace Egida.HashBank.Partners.Ranges;

/// <summary>The keys of private look-ups, all from one secret of this installation: every node that has it has the same, and none is stored.</summary>
internal sealed class RangeKeys(KeyFolder folder)
{
    private readonly byte[] secret = folder.Symmetric("ranges");

    /// <summary>Partners get it: with it they blur their hashes as the lists here are blurred.</summary>
    public byte[] Blur(HashKind kind, int epoch) => Derive($"blur/{(byte)kind}/{epoch}");

    /// <summary>Nobody gets it: what it makes can't be told from blurred hashes.</summary>
    public byte[] Filling(HashKind kind, int epoch) => Derive($"filling/{(byte)kind}/{epoch}");

    /// <summary>Nobody gets it: without it a sketch doesn't say which ranges were asked for.</summary>
    public byte[] Sketch(HashPartnerId partner, HashKind kind, int epoch) => Derive($"sketch/{(byte)kind}/{epoch}/{partner}");

    private byte[] Derive(string use) => HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes($"egida/ranges/1/{use}"));
}
