using Egida.Audit;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.Audit;

public sealed class MerkleTreeTests
{
    // From RFC 6962's reference implementation (certificate-transparency, merkletree tests): eight leaves of known bytes.
    private static readonly byte[][] Leaves =
    [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        Convert.FromHexString("5051525354555657"), Convert.FromHexString("606162636465666768696a6b6c6d6e6f"),
    ];

    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void The_empty_tree_has_the_hash_of_nothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(new MerkleTree().Root()));

    [Fact]
    public void The_roots_are_those_of_the_reference_implementation()
    {
        var tree = new MerkleTree();
        foreach (var (leaf, root) in Leaves.Zip(Roots))
        {
            tree.Append(MerkleTree.Leaf(leaf));
            Assert.Equal(root, Convert.ToHexStringLower(tree.Root()));
        }
    }

    [Fact]
    public void A_tree_restored_from_its_edge_goes_on_as_if_nothing_happened() => Prop.ForAll<byte[][], int>((leaves, cut) =>
    {
        var whole = new MerkleTree();
        var resumed = new MerkleTree();
        foreach (var (leaf, index) in leaves.Select((l, i) => (MerkleTree.Leaf(l ?? []), i)))
        {
            if (index == Math.Abs(cut % (leaves.Length + 1)))
            {
                resumed = new MerkleTree(resumed.Size, resumed.Edge);
            }

            whole.Append(leaf);
            resumed.Append(leaf);
        }

        return whole.Root().AsSpan().SequenceEqual(resumed.Root());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_edge_that_does_not_fit_the_size_is_refused() =>
        Assert.Throws<InvalidDataException>(() => new MerkleTree(3, new byte[32]));
}
