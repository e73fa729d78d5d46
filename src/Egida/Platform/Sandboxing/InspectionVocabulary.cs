namespace Egida.Platform.Sandboxing;

// This file and InspectionRecord.cs are compiled into the application and into the sandbox: they are the contract.

internal enum InspectionStatus : byte
{
    Decoded = 1,
    Empty = 2,

    /// <summary>Recognised or not, nothing that is decoded here.</summary>
    Unsupported = 3,
    TooManyPixels = 4,
    Undecodable = 5,

    /// <summary>A video: its first frame has to be taken out first.</summary>
    NeedsFirstFrame = 6,
}

internal enum MediaKind : byte
{
    None = 0,
    Image = 1,
    Animation = 2,
    Video = 3,
}

internal enum MediaFormat : byte
{
    Unknown = 0,
    Jpeg = 1,
    Png = 2,
    Gif = 3,
    Tiff = 4,
    WebP = 5,
    Avif = 6,
    Heic = 7,
    Mp4 = 32,
    Matroska = 33,
    Avi = 34,
    FlashVideo = 35,
    MpegProgram = 36,
    MpegTransport = 37,
    WindowsMedia = 38,
    Ogg = 39,
    Svg = 64,
    Pdf = 65,
    Html = 66,
    Zip = 67,
}

[Flags]
internal enum ContentMarks : byte
{
    None = 0,

    /// <summary>The file ends early or is damaged; what could be decoded was.</summary>
    Incomplete = 1,

    /// <summary>There are bytes after the end of the picture, perhaps another file.</summary>
    TrailingData = 2,
}
