using System.Runtime.InteropServices;

namespace Egida.Match.Format;

/// <summary>What a list says of a record: 12 bytes.</summary>
/// <param name="Number">The record's number.</param>
/// <param name="Class">Which of the classes in the header.</param>
/// <param name="Item">An <see cref="ItemKind"/>.</param>
/// <param name="Flags"><see cref="RecordFlags"/>.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct RecordRow(long Number, byte Class, byte Item, ushort Flags);
