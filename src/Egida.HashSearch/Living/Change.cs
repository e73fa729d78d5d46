using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Egida.HashSearch.Living;

/// <summary>
/// Changes as they stand in the log, one after the other: a byte that says what it is, four bytes of record id, and for an added
/// record the 32 bytes of its hash, most significant first.
/// </summary>
internal static class Change
{
    public const byte Add = 1;
    public const byte Remove = 2;
    public const int RemoveLength = 1 + sizeof(int);
    public const int AddLength = RemoveLength + Hash256.ByteLength;

    public static void WriteRemove(List<byte> changes, int id) => Write(Room(changes, RemoveLength), Remove, id);

    public static void WriteAdd(List<byte> changes, Hash256 hash, int id)
    {
        var change = Room(changes, AddLength);
        Write(change, Add, id);
        hash.CopyTo(change[RemoveLength..]);
    }

    /// <summary>Reads the first change and steps behind it; false if there is none, or bytes that are none.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> changes, out byte kind, out int id, out Hash256 hash)
    {
        (kind, id, hash) = (0, 0, default);
        if (changes.Length < RemoveLength) return false;
        (kind, id) = (changes[0], BinaryPrimitives.ReadInt32LittleEndian(changes[1..]));
        if (id < 0 || kind is not (Add or Remove) || changes.Length < LengthOf(kind)) return false;
        if (kind == Add) hash = Hash256.FromBytes(changes[RemoveLength..AddLength]);
        changes = changes[LengthOf(kind)..];
        return true;
    }

    public static int LengthOf(byte kind) => kind == Add ? AddLength : RemoveLength;

    private static void Write(Span<byte> change, byte kind, int id)
    {
        change[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(change[1..], id);
    }

    private static Span<byte> Room(List<byte> changes, int length)
    {
        var at = changes.Count;
        CollectionsMarshal.SetCount(changes, at + length);
        return CollectionsMarshal.AsSpan(changes)[at..];
    }
}
