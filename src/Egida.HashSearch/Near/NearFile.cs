using System.Runtime.InteropServices;
using Egida.HashSearch.Files;
using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Near;

/// <summary>A near index as a file: the shapes of its parts, and the pieces of each as they are in memory.</summary>
/// <remarks>
/// Section "shapes" has seven 32-bit numbers per part, little-endian: codes, line bits, continuations, 1 if all codes have 128 ones, lists, listed records,
/// and 1 if lines are scattered, which they aren't in version 1. Then come, for part 0 and 1 with the part's number behind the name, the sections "lines", "numbers", "codes", "records" and "lists".
/// </remarks>
internal static unsafe class NearFile
{
    public const string Kind = "near";
    public const int Version = 2;

    private const int ShapeNumbers = 7;

    public static void Save(IReadOnlyList<NearPart> parts, string path, IStorage? storage = null)
    {
        using var writer = new SectionFileWriter(path, Kind, Version, storage);
        WriteShapes(writer, parts.Select(part => part.Shape));
        for (var i = 0; i < parts.Count; i++)
        {
            var (shape, memory) = (parts[i].Shape, parts[i].Memory);
            writer.Add($"lines{i}", memory.Lines, shape.LineBytes);
            writer.Add($"numbers{i}", memory.Numbers, shape.NumberBytes);
            writer.Add($"codes{i}", (byte*)memory.Codes, shape.CodeBytes);
            writer.Add($"records{i}", (byte*)memory.Records, shape.RecordBytes);
            writer.Add($"lists{i}", (byte*)memory.ListEnds, shape.ListBytes);
        }
        writer.Commit();
    }

    public static void WriteShapes(SectionFileWriter writer, IEnumerable<NearShape> shapes) =>
        writer.Add("shapes", MemoryMarshal.AsBytes<int>([.. shapes.SelectMany(Numbers)]));

    /// <param name="path">The file, or the one around it.</param>
    /// <param name="inMemory">Copies everything into memory with large pages; else it is used where the file is mapped.</param>
    /// <param name="storage">Where the file is, if not on this machine's disk.</param>
    /// <param name="range">Which part of the file is the index, if it isn't all of it.</param>
    public static (NearPart[] Parts, SectionFile File) Open(string path, bool inMemory, IStorage? storage = null, FileRange? range = null)
    {
        var file = SectionFile.Open(path, Kind, Version, storage, range);
        try
        {
            var numbers = MemoryMarshal.Cast<byte, int>(file.Bytes("shapes"));
            if (numbers.Length % ShapeNumbers != 0 || numbers.Length > 2 * ShapeNumbers) throw file.Damaged("shapes");
            var parts = new NearPart[numbers.Length / ShapeNumbers];
            for (var i = 0; i < parts.Length; i++)
            {
                var shape = Shape(numbers.Slice(i * ShapeNumbers, ShapeNumbers)) ?? throw file.Damaged("shapes");
                parts[i] = new(shape, inMemory ? Copied(file, i, shape) : Mapped(file, i, shape), path);
            }
            return (parts, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static int[] Numbers(NearShape shape) =>
        [shape.Codes, shape.LineBits, shape.Continuations, shape.IsBalanced ? 1 : 0, shape.Lists, shape.Listed, shape.IsScattered ? 1 : 0];

    private static NearShape? Shape(ReadOnlySpan<int> numbers)
    {
        var shape = new NearShape(numbers[0], numbers[1], numbers[2], numbers[3] == 1, numbers[4], numbers[5], IsScattered: numbers[6] == 1);
        var isOne = shape is
        {
            Codes: > 0 and <= Line.MostCodes,
            LineBits: >= NearShape.LeastLineBits and <= NearShape.MostLineBits,
            Continuations: >= 0,
            Lists: >= 0,
            Listed: >= 0,
        };
        return isOne ? shape : null;
    }

    private static NearMemory Mapped(SectionFile file, int part, NearShape shape)
    {
        var lists = (int*)file.Pointer($"lists{part}", shape.ListBytes);
        return new()
        {
            Lines = file.Pointer($"lines{part}", shape.LineBytes),
            Numbers = file.Pointer($"numbers{part}", shape.NumberBytes),
            Codes = (Hash256*)file.Pointer($"codes{part}", shape.CodeBytes),
            Records = (int*)file.Pointer($"records{part}", shape.RecordBytes),
            ListEnds = lists,
            Listed = lists + shape.Lists,
        };
    }

    private static NearMemory Copied(SectionFile file, int part, NearShape shape)
    {
        var mapped = Mapped(file, part, shape);
        var lines = Copy(mapped.Lines, shape.LineBytes);
        var numbers = Copy(mapped.Numbers, shape.NumberBytes);
        var codes = Copy(mapped.Codes, shape.CodeBytes);
        var records = Copy(mapped.Records, shape.RecordBytes);
        var lists = Copy(mapped.ListEnds, shape.ListBytes);
        return new(lines, numbers, codes, records, lists)
        {
            Lines = lines.Pointer,
            Numbers = numbers.Pointer,
            Codes = (Hash256*)codes.Pointer,
            Records = (int*)records.Pointer,
            ListEnds = (int*)lists.Pointer,
            Listed = (int*)lists.Pointer + shape.Lists,
        };
    }

    private static NativeBlock Copy(void* from, long bytes)
    {
        var block = new NativeBlock(bytes);
        Buffer.MemoryCopy(from, block.Pointer, bytes, bytes);
        return block;
    }
}
