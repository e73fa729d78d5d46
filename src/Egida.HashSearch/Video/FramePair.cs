namespace Egida.HashSearch.Video;

/// <summary>A frame of the query and one of the known video that look alike; both by position among the kept frames.</summary>
internal readonly record struct FramePair(int Query, int Known, int Distance);
