namespace Egida.HashBank;

/// <summary>What a hash is the hash of. The numbers are in the database; the stronger of two digests has the larger one.</summary>
public enum HashKind : byte
{
    Md5 = 1,
    Sha1 = 2,
    Sha256 = 3,

    /// <summary>256 bits of a picture's look, with a quality of 0 to 100.</summary>
    Pdq = 4,

    /// <summary>144 bytes of a licensed algorithm, kept and compared as they are.</summary>
    PhotoDna = 5,

    /// <summary>PDQ of one frame of a video, numbered.</summary>
    Frame = 6,

    /// <summary>A kind that this version doesn't know, under its contributor's name for it, kept as text.</summary>
    Other = 7,
}
