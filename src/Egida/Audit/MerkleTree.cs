using System.Numerics;
using System.Security.Cryptography;

namespace Egida.Audit;

/// <summary>
/// The Merkle tree hash of RFC 6962 §2.1, kept as its right edge: the roots of the perfect subtrees that make up the tree, largest first.
/// Appending and taking the root cost O(log n).
/// </summary>
internal sealed class MerkleTree
{
    private const int HashLength = 32;
    private readonly List<byte[]> edge = [];

    public MerkleTree()
    {
    }

    public MerkleTree(long size, ReadOnlySpan<byte> savedEdge)
    {
        if (savedEdge.Length != BitOperations.PopCount((ulong)size) * HashLength)
        {
            throw new InvalidDataException("The audit log's head is damaged: its edge doesn't fit its size. Run verify-audit.");
        }

        Size = size;
        for (var i = 0; i < savedEdge.Length; i += HashLength)
        {
            edge.Add(savedEdge.Slice(i, HashLength).ToArray());
        }
    }

    public long Size { get; private set; }

    public byte[] Edge => [.. edge.SelectMany(h => h)];

    /// <summary>leaf = SHA-256(0x00 ‖ data)</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(data);
        return hash.GetHashAndReset();
    }

    public void Append(byte[] leaf)
    {
        var node = leaf;
        // Each trailing one of the old size is a perfect subtree of the same height as the node: they merge.
        for (var rest = Size; (rest & 1) == 1; rest >>= 1)
        {
            node = Node(edge[^1], node);
            edge.RemoveAt(edge.Count - 1);
        }

        edge.Add(node);
        Size++;
    }

    public byte[] Root()
    {
        if (edge.Count == 0)
        {
            return SHA256.HashData([]);
        }

        var root = edge[^1];
        for (var i = edge.Count - 2; i >= 0; i--)
        {
            root = Node(edge[i], root);
        }

        return root;
    }

    /// <summary>node = SHA-256(0x01 ‖ left ‖ right)</summary>
    private static byte[] Node(byte[] left, byte[] right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * HashLength)];
        input[0] = 0x01;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + HashLength)..]);
        return SHA256.HashData(input);
    }
}
