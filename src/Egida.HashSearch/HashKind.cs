namespace Egida.HashSearch;

/// <summary>What a hash is the hash of, and so how long it is. The values are written into files.</summary>
public enum HashKind : byte
{
    /// <summary>MD5: 16 bytes, 32 hexadecimal digits.</summary>
    Md5 = 1,

    /// <summary>SHA-1: 20 bytes, 40 hexadecimal digits.</summary>
    Sha1 = 2,

    /// <summary>SHA-256: 32 bytes, 64 hexadecimal digits.</summary>
    Sha256 = 3,

    /// <summary>PDQ: 32 bytes, 64 hexadecimal digits. Only the list says whether 64 digits are PDQ or SHA-256.</summary>
    Pdq = 4,

    /// <summary>144 bytes of a licensed algorithm, as PhotoDNA's: 192 characters of base64 or 288 hexadecimal digits.</summary>
    Opaque144 = 5,
}
