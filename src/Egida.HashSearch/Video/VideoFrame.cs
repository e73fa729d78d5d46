namespace Egida.HashSearch;

/// <summary>One frame of a video.</summary>
/// <param name="Number">Its number in the video, 0 the first, as whoever took it out counts.</param>
/// <param name="Seconds">When it is shown, in seconds from the beginning; not negative.</param>
/// <param name="Pdq">Its PDQ hash.</param>
/// <param name="Quality">Its PDQ quality, 0 to 100.</param>
public readonly record struct VideoFrame(int Number, double Seconds, Hash256 Pdq, int Quality);
