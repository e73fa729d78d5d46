using System.Numerics;
using System.Runtime.CompilerServices;
using Egida.HashSearch.Kernels;
using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Living;

/// <summary>
/// Sixteen tables to find codes by while codes are added, one for each 16 bits of a code. One thread adds; any number of
/// threads look up without waiting for it.
/// </summary>
/// <remarks>
/// <para>
/// Word <c>i</c> of a code (its chunk) names a line of table <c>i</c> with its upper bits. What stands there as signature are
/// the word's other bits and bits of the next word, so that most codes needn't be looked at. Why no code within the radius is
/// missed: the argument of <see cref="Near.SearchPlan"/>, for sixteen chunks of sixteen bits.
/// </para>
/// <para>
/// A line that is full keeps what it has; the newest of the lines that go on follows directly, the others behind it, so
/// neither adding nor looking up depends on how often a code was added already.
/// </para>
/// <para>
/// Who looks up must have read, with acquire semantics, a number of codes that was published after they were added: then it
/// sees all of these. It may also see later ones, and must pass over numbers that aren't below the published one.
/// </para>
/// </remarks>
internal sealed unsafe class SlotTables : IDisposable
{
    public const int Chunks = 16;
    private const int ChunkBits = 16;
    private const int Ahead = 12;

    private readonly int _lineBits;
    private readonly NativeBlock _lines;
    private readonly NativeBlock _numbers;
    private readonly byte* _firstLine;
    private readonly int* _firstNumber;
    private int _continuations;

    /// <param name="capacity">How many codes may be added.</param>
    public SlotTables(int capacity)
    {
        // Half full on average, so that lines that go on are rare among codes that don't crowd.
        _lineBits = Math.Clamp(BitOperations.Log2((uint)capacity) - 4, 2, ChunkBits);
        // A line goes on only when it is full, and the lines behind it are filled one by one.
        var lines = Chunks * ((1L << _lineBits) + capacity / SlotLine.Slots + 1);
        _lines = new(lines * SlotLine.Bytes);
        _numbers = new(lines * SlotLine.Slots * sizeof(int));
        _firstLine = _lines.Pointer;
        _firstNumber = (int*)_numbers.Pointer;
    }

    public int LineBits => _lineBits;

    public void Dispose()
    {
        _lines.Dispose();
        _numbers.Dispose();
    }

    /// <summary>Adds codes under their numbers, in [from, to). They must stay where they are.</summary>
    public void Add(Hash256* codes, int from, int to)
    {
        // Table by table: its lines stay in the caches, and those of the next codes are on their way.
        for (var chunk = 0; chunk < Chunks; chunk++)
        {
            for (var number = from; number < Math.Min(to, from + Ahead); number++) Prefetch((ushort*)(codes + number), chunk);
            for (var number = from; number < to; number++)
            {
                if (number + Ahead < to) Prefetch((ushort*)(codes + number + Ahead), chunk);
                Add((ushort*)(codes + number), chunk, number);
            }
        }
    }

    public byte* Line(nint line) => _firstLine + line * SlotLine.Bytes;

    public nint HeadLine(int chunk, uint word) => (nint)((uint)chunk << _lineBits | word >> ChunkBits - _lineBits);

    public ushort Signature(ushort* words, int chunk) =>
        (ushort)((uint)words[chunk] << _lineBits | (uint)words[(chunk + 1) % Chunks] >> ChunkBits - _lineBits);

    /// <summary>Where the code in a slot has its number.</summary>
    public int* Number(nint line, int slot) => _firstNumber + line * SlotLine.Slots + slot;

    /// <summary>A line that goes on another, by its <see cref="SlotLine.Next"/>.</summary>
    public nint Continuation(int number) => ((nint)Chunks << _lineBits) + number - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(ushort* words, int chunk)
    {
        var line = HeadLine(chunk, words[chunk]);
        IntoFirstCache.Ask(Line(line));
        IntoFirstCache.Ask(Number(line, 0));
        IntoFirstCache.Ask(Number(line, SlotLine.Slots / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ushort* words, int chunk, int number)
    {
        var line = HeadLine(chunk, words[chunk]);
        var head = SlotLine.Head(Line(line));
        if (SlotLine.Count(head) == SlotLine.Slots)
        {
            line = WithRoom(line);
            head = SlotLine.Head(Line(line));
        }
        var slot = SlotLine.Count(head);
        *Number(line, slot) = number;
        SlotLine.Signatures(Line(line))[slot] = Signature(words, chunk);
        SlotLine.SetHead(Line(line), slot + 1, SlotLine.Next(head));
    }

    /// <summary>A line with room that goes on a full one.</summary>
    private nint WithRoom(nint line)
    {
        var next = SlotLine.Next(SlotLine.Head(Line(line)));
        if (next != 0 && SlotLine.Count(SlotLine.Head(Line(Continuation(next)))) < SlotLine.Slots) return Continuation(next);
        // The new line knows the one after it before anybody can get to it.
        _continuations++;
        SlotLine.SetHead(Line(Continuation(_continuations)), 0, next);
        SlotLine.SetHead(Line(line), SlotLine.Slots, _continuations);
        return Continuation(_continuations);
    }
}
