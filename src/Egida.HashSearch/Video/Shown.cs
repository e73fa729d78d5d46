namespace Egida.HashSearch.Video;

/// <summary>How long a kept frame stands on the screen, in seconds: from its own time to that of its last repetition.</summary>
internal readonly record struct Shown(double From, double Until);
