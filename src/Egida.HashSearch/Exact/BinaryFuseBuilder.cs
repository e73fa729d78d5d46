using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Exact;

/// <summary>Finds fingerprints so that the three places of each key add up to its own.</summary>
/// <remarks>
/// A place that only one key uses can be left until last: whatever the others need, it makes that key's sum right. So that key is
/// taken out, which leaves other places with one key, and so on until no key is left; then the places are filled in reverse. If some keys
/// remain that share all their places, another seed is tried: one in some hundred tries fails, and with a seed that nobody knew, no
/// list can be made to fail again and again. Memory while it is built: about 34 bytes a key.
/// </remarks>
internal static unsafe class BinaryFuseBuilder
{
    private const int MostAttempts = 100;

    /// <summary>The fingerprints and their shape, and the number of different keys.</summary>
    /// <param name="seed">For the first attempt; random unless the same file is to come out again.</param>
    public static (BinaryFuseShape Shape, TFingerprint[] Fingerprints, int Keys) Build<TDigest, TFingerprint>(ReadOnlySpan<TDigest> digests, ulong? seed = null)
        where TDigest : unmanaged, IDigest<TDigest>
        where TFingerprint : unmanaged, IBinaryInteger<TFingerprint>
    {
        using var block = new NativeBlock((long)digests.Length * sizeof(ulong));
        var hashes = new Span<ulong>(block.Pointer, digests.Length);
        Span<ulong> random = stackalloc ulong[1];
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(random));
            var hasher = new BinaryFuseShape(0, 0, attempt == 0 && seed is { } given ? given : random[0]);
            for (var i = 0; i < digests.Length; i++) hashes[i] = hasher.Hash(DigestFilterFile.Key(digests[i]));
            // In ascending order equal ones are neighbours, and neighbours have their places near each other.
            hashes.Sort();
            var distinct = WithoutRepetitions(hashes);
            var shape = BinaryFuseShape.For(distinct.Length, hasher.Seed);
            var fingerprints = new TFingerprint[shape.Length];
            if (TryFill(shape, distinct, fingerprints)) return (shape, fingerprints, distinct.Length);
        }
        throw new InvalidOperationException($"No filter was found in {MostAttempts} attempts, which doesn't happen by chance.");
    }

    private static Span<ulong> WithoutRepetitions(Span<ulong> ascending)
    {
        var kept = 0;
        for (var i = 0; i < ascending.Length; i++)
        {
            if (i == 0 || ascending[i] != ascending[kept - 1]) ascending[kept++] = ascending[i];
        }
        return ascending[..kept];
    }

    private static bool TryFill<TFingerprint>(BinaryFuseShape shape, Span<ulong> hashes, TFingerprint[] fingerprints)
        where TFingerprint : unmanaged, IBinaryInteger<TFingerprint>
    {
        using var places = new NativeBlock(shape.Length * sizeof(Place));
        using var stack = new NativeBlock((long)hashes.Length * sizeof(Taken));
        var taken = Peel(shape, hashes, (Place*)places.Pointer, (Taken*)stack.Pointer);
        if (taken < hashes.Length) return false;

        for (var i = taken - 1; i >= 0; i--)
        {
            var (hash, at) = (((Taken*)stack.Pointer)[i].Hash, ((Taken*)stack.Pointer)[i].At);
            var (a, b, c) = shape.Places(hash);
            // Its own place is still zero, so that it doesn't matter that it is among the three.
            fingerprints[at] = BinaryFuseShape.Fingerprint<TFingerprint>(hash) ^ fingerprints[a] ^ fingerprints[b] ^ fingerprints[c];
        }
        return true;
    }

    /// <summary>How many keys use a place, and their hashes added up: of a single key, its hash.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = sizeof(uint))]
    private struct Place
    {
        public ulong Sum;
        public uint Keys;
    }

    /// <summary>A key that was taken out, and the place that it had for itself then.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = sizeof(uint))]
    private struct Taken
    {
        public ulong Hash;
        public uint At;
    }

    private static int Peel(BinaryFuseShape shape, Span<ulong> hashes, Place* places, Taken* stack)
    {
        foreach (var hash in hashes)
        {
            var (a, b, c) = shape.Places(hash);
            Change(ref places[a], hash, 1);
            Change(ref places[b], hash, 1);
            Change(ref places[c], hash, 1);
        }

        var taken = 0;
        for (uint start = 0; start < shape.Length; start++)
        {
            if (places[start].Keys != 1) continue;
            // Keys that are taken but whose other places weren't looked at yet wait on the same stack.
            var looked = taken;
            Take(shape, places, stack, ref taken, start);
            while (looked < taken)
            {
                var (a, b, c) = shape.Places(stack[looked++].Hash);
                if (places[a].Keys == 1) Take(shape, places, stack, ref taken, a);
                if (places[b].Keys == 1) Take(shape, places, stack, ref taken, b);
                if (places[c].Keys == 1) Take(shape, places, stack, ref taken, c);
            }
        }
        return taken;
    }

    private static void Take(BinaryFuseShape shape, Place* places, Taken* stack, ref int taken, uint at)
    {
        var hash = places[at].Sum;
        stack[taken++] = new() { Hash = hash, At = at };
        var (a, b, c) = shape.Places(hash);
        Change(ref places[a], hash, -1);
        Change(ref places[b], hash, -1);
        Change(ref places[c], hash, -1);
    }

    private static void Change(ref Place place, ulong hash, int by)
    {
        place.Sum ^= hash;
        place.Keys = (uint)((int)place.Keys + by);
    }
}
