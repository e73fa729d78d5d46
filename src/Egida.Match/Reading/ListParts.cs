using System.Runtime.CompilerServices;
using Egida.HashSearch;

namespace Egida.Match.Reading;

/// <summary>Finds the parts of a list in its file.</summary>
internal sealed class ListParts(string path, FileFront front)
{
    /// <summary>A table of this name; an empty one if there is none.</summary>
    public Table<T> Table<T>(string name) where T : unmanaged
    {
        if (front.Signed.Find(name) is not { } section) return default;
        var size = Unsafe.SizeOf<T>();
        return section.Length % size == 0 && section.Length / size <= int.MaxValue
            ? new(section.Offset, (int)(section.Length / size))
            : throw ListRefusedException.Damaged(path, $"its part '{name}' has a wrong length");
    }

    public ExactIndex<TDigest>? Exact<TDigest>(string name) where TDigest : unmanaged, IDigest<TDigest> =>
        front.Signed.Find(name) is { } section ? ExactIndex.Open<TDigest>(path, front.BodyAt + section.Offset, section.Length) : null;

    public NearIndex? Near(string name) =>
        front.Signed.Find(name) is { } section ? NearIndex.Open(path, front.BodyAt + section.Offset, section.Length) : null;
}
