namespace Egida.Match;

/// <summary>What a list knows items by. A recipient is entitled to some of these.</summary>
[Flags]
public enum ListKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>MD5 digests of whole files.</summary>
    Md5 = 1,

    /// <summary>SHA-1 digests of whole files.</summary>
    Sha1 = 2,

    /// <summary>SHA-256 digests of whole files.</summary>
    Sha256 = 4,

    /// <summary>PDQ hashes of pictures.</summary>
    Pdq = 8,

    /// <summary>PDQ hashes of the frames of videos, with their times.</summary>
    Frames = 16,

    /// <summary>All of them.</summary>
    All = Md5 | Sha1 | Sha256 | Pdq | Frames,
}
