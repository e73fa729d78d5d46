namespace Egida.HashSearch.Exact;

/// <summary>A slot's content on its way from one line to another.</summary>
internal readonly unsafe record struct ExactGuest(ulong Second, ulong Rest, uint Third, byte State)
{
    /// <summary>What is in a slot. Of kinds without further bytes the third number means nothing and is copied by nobody.</summary>
    public static ExactGuest In(byte* line, int slot) =>
        new(ExactLine.Seconds(line)[slot], ExactLine.Rests(line)[slot], ExactLine.Thirds(line)[slot], ExactLine.States(line)[slot]);

    public ulong Spread(ExactShape shape) => Second * shape.Mixer;

    public int Id(ExactShape shape) =>
        (int)((uint)(Rest & (1ul << shape.IdBits) - 1) | (uint)(State & ExactLine.UpperId) << shape.IdBits);
}
