using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Pdq;

/// <summary>
/// Room for one hash after the other: cut into pieces from the front, used again for the next hash, grown when one needs more.
/// Pieces begin on a cache line, hold whatever was there before, and have a line to spare behind them.
/// </summary>
internal sealed unsafe class Memory
{
    private const int Line = 64;
    private byte[] _bytes = [];
    private byte* _start;
    private nint _taken;

    /// <summary>Gives everything back and makes sure of <paramref name="bytes"/>, the sum of <see cref="Size{T}"/> of what will be taken.</summary>
    public void Begin(nint bytes)
    {
        _taken = 0;
        if (_bytes.Length >= bytes + Line) return;
        // Pinned: nothing moves it while pointers are out.
        _bytes = GC.AllocateUninitializedArray<byte>(checked((int)(bytes + Line)), pinned: true);
        var address = (nint)Unsafe.AsPointer(ref _bytes[0]);
        _start = (byte*)((address + Line - 1) / Line * Line);
    }

    public T* Take<T>(nint count) where T : unmanaged
    {
        var piece = _start + _taken;
        _taken += Size<T>(count);
        if (_taken > _bytes.Length) throw new InvalidOperationException("More room was taken than was asked for.");
        return (T*)piece;
    }

    public static nint Size<T>(nint count) where T : unmanaged => (count * sizeof(T) + 2 * Line - 1) / Line * Line;
}
