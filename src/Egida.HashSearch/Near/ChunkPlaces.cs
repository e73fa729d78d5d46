using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Near;

/// <summary>Where codes stand in the table of one chunk, by the bits of their chunks.</summary>
/// <param name="ownBits">The bits of the chunk that go into the signature as they are beyond the line's number.</param>
/// <param name="scattering">Where lines lie.</param>
internal readonly struct ChunkPlaces(int ownBits, Scattering scattering)
{
    /// <summary>Where the line is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint LineOf(uint own) => scattering.Of(own >> ownBits);

    /// <summary>What stands in the line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint SignatureOf(uint own, uint next) => (next << ownBits | own & ((1u << ownBits) - 1)) & Line.SignatureMask;
}
