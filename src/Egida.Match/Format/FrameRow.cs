using System.Runtime.InteropServices;
using Egida.HashSearch;

namespace Egida.Match.Format;

/// <summary>One frame of a known video: 40 bytes.</summary>
/// <param name="Pdq">Its hash.</param>
/// <param name="Row">The row of its record.</param>
/// <param name="Milliseconds">When it is shown.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct FrameRow(Hash256 Pdq, int Row, int Milliseconds);
