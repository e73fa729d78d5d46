namespace Egida.Platform.Sandboxing;

/// <summary>One grey pixel, to tell a broken machine from a broken file.</summary>
internal static class KnownGoodPicture
{
    public static ReadOnlyMemory<byte> Png { get; } = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");
}
