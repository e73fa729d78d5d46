namespace Egida.HashSearch.Tests.Living;

/// <summary>Codes to fill tables with.</summary>
internal static class Codes
{
    public static Hash256 Uniform(Random random)
    {
        var bytes = new byte[Hash256.ByteLength];
        random.NextBytes(bytes);
        return Hash256.FromBytes(bytes);
    }

    public static Hash256 Near(Hash256 hash, int mostBits, Random random)
    {
        for (var bits = random.Next(mostBits + 1); bits > 0; bits--) hash = Some.Flip(hash, random.Next(Hash256.BitLength));
        return hash;
    }

    /// <summary>A third uniform, a third near a few centres, a third twins of others.</summary>
    public static Hash256[] Mixed(int count, Random random)
    {
        var centres = Enumerable.Range(0, 4).Select(_ => Uniform(random)).ToArray();
        var codes = new Hash256[count];
        for (var i = 0; i < count; i++)
            codes[i] = random.Next(3) switch
            {
                0 => Uniform(random),
                1 => Near(centres[random.Next(centres.Length)], 40, random),
                _ => i == 0 ? centres[0] : codes[random.Next(i)],
            };
        return codes;
    }
}
