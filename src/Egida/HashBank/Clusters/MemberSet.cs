namespace Egida.HashBank.Clusters;

/// <summary>Which records belong to another one's cluster, by their numbers: one bit each, five megabytes for forty million.</summary>
internal sealed class MemberSet
{
    private ulong[] bits = new ulong[1024];

    public bool this[int record]
    {
        get => record >> 6 < bits.Length && (bits[record >> 6] >> (record & 63) & 1) != 0;
        set
        {
            if (record >> 6 >= bits.Length) Array.Resize(ref bits, Math.Max((record >> 6) + 1, 2 * bits.Length));
            if (value) bits[record >> 6] |= 1UL << (record & 63);
            else bits[record >> 6] &= ~(1UL << (record & 63));
        }
    }
}
