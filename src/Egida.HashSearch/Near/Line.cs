using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Near;

/// <summary>
/// One cache line, 64 bytes, with the signatures of up to 24 codes. To look into it is one access to memory.
/// </summary>
/// <remarks>
/// <code>
/// bytes  0–23   bits 0–7 of the signatures 0–23
/// bytes 24–31   bits 16–19 of the signatures 0–7 in the lower halves, of the signatures 8–15 in the upper
/// bytes 32–55   bits 8–15 of the signatures 0–23
/// bytes 56–59   bits 16–19 of the signatures 16–19 in the lower halves, of the signatures 20–23 in the upper
/// bytes 60–63   bits 0–25 the position of the first signature's code, bits 26–30 how many signatures, bit 31 more lines
/// </code>
/// Positions count the codes of a table in the order of its lines, so one number stands for all that are in a line. A line that is too small keeps 23
/// signatures; what would be its last signature, and the five bits of the count, then number the first of the lines that go on: they follow each other.
/// </remarks>
internal static unsafe class Line
{
    public const int Bytes = 64;
    public const int Slots = 24;

    public const int SignatureBits = 20;
    public const uint SignatureMask = (1u << SignatureBits) - 1;

    /// <summary>Signatures in a line that others follow.</summary>
    public const int SlotsBeforeOthers = Slots - 1;

    public const int Half = Bytes / 2;

    /// <summary>As many codes can be numbered.</summary>
    public const int MostCodes = 1 << PositionBits;

    private const int HeadAt = 60;
    public const int PositionBits = 26;
    /// <summary>Of a line's head: others follow.</summary>
    public const uint MoreLines = 1u << 31;
    private const int LastSlot = Slots - 1;
    private const int CountMask = 31;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Head(byte* line) => *(uint*)(line + HeadAt);

    public static bool HasMore(uint head) => (head & MoreLines) != 0;

    public static uint Position(uint head) => head & (MostCodes - 1);

    /// <summary>The number of signatures of a line that others follow is known; of any other it stands here.</summary>
    public static int Count(uint head) => (int)(head >> PositionBits) & CountMask;

    /// <summary>One bit for every slot that holds a signature. Only lines that continue others have a count also when they are continued themselves.</summary>
    public static uint Held(uint head, bool isContinuation) => (1u << (HasMore(head) && !isContinuation ? SlotsBeforeOthers : Count(head))) - 1;

    /// <summary>Of a line with <see cref="HasMore"/>: where the others begin, counted from the first such line of the index.</summary>
    public static uint Continuation(byte* line) => Signature(line, LastSlot) | (uint)Count(Head(line)) << SignatureBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Signature(byte* line, int slot) =>
        line[slot] | (uint)line[Half + slot] << 8 | (uint)(line[UpperByte(slot)] >> UpperShift(slot) & 15) << 16;

    /// <summary>Writes into a slot that is still zero.</summary>
    public static void SetSignature(byte* line, int slot, uint signature)
    {
        line[slot] = (byte)signature;
        line[Half + slot] = (byte)(signature >> 8);
        line[UpperByte(slot)] |= (byte)(signature >> 16 << UpperShift(slot));
    }

    public static void SetHead(byte* line, uint position, int count) => *(uint*)(line + HeadAt) = position | (uint)count << PositionBits;

    public static void SetHeadWithMore(byte* line, uint position, uint continuation)
    {
        *(uint*)(line + HeadAt) = position | continuation >> SignatureBits << PositionBits | MoreLines;
        SetSignature(line, LastSlot, continuation & SignatureMask);
    }

    /// <summary>A line that continues another keeps its count also if yet another follows.</summary>
    public static void SetHeadOfContinuation(byte* line, uint position, int count, bool more) =>
        *(uint*)(line + HeadAt) = position | (uint)count << PositionBits | (more ? MoreLines : 0);

    private static int UpperByte(int slot) => slot < 16 ? Slots + (slot & 7) : Half + Slots + (slot & 3);

    private static int UpperShift(int slot) => slot < 16 ? (slot & 8) >> 1 : slot & 4;
}
