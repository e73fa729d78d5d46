namespace Egida.HashSearch.Living;

/// <summary>
/// One cache line of a memtable's table: up to 30 signatures of 16 bits, then four bytes that say how many there are and
/// which line goes on.
/// </summary>
/// <remarks>A slot is written before the count that includes it, and never changes afterwards.</remarks>
internal static unsafe class SlotLine
{
    public const int Bytes = 64;
    public const int Slots = 30;

    private const int HeadAt = Slots * sizeof(ushort);
    private const int CountBits = 8;

    public static uint Head(byte* line) => Volatile.Read(ref *(uint*)(line + HeadAt));

    public static int Count(uint head) => (int)(head & ((1u << CountBits) - 1));

    /// <summary>The line that goes on, counted from 1 among such lines; 0 if there is none.</summary>
    public static int Next(uint head) => (int)(head >> CountBits);

    public static void SetHead(byte* line, int count, int next) =>
        Volatile.Write(ref *(uint*)(line + HeadAt), (uint)count | (uint)next << CountBits);

    public static ushort* Signatures(byte* line) => (ushort*)line;
}
