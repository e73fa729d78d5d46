using System.Security.Cryptography;
using System.Text;
using Egida.HashBank;
using Egida.HashBank.Imports;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank.Imports.Formats;

/// <summary>Reads files as tests write them, and says rows so that two readings can be compared.</summary>
internal static class Rows
{
    public static string Md5(int item) => Convert.ToHexStringLower(MD5.HashData(Bank.Bytes(item)));

    public static string Sha1(int item) => Convert.ToHexStringLower(SHA1.HashData(Bank.Bytes(item)));

    public static string Sha256(int item) => Convert.ToHexStringLower(SHA256.HashData(Bank.Bytes(item)));

    public static string Pdq(int item) => Bank.Look(item).ToString();

    /// <summary>144 bytes that mean nothing.</summary>
    public static byte[] PhotoDna(int item) => [.. Enumerable.Range(0, 5).SelectMany(i => SHA256.HashData([(byte)i, .. Bank.Bytes(item)])).Take(144)];

    public static List<ImportRow> Of(IImportFormat format, string text) => Of(format, Encoding.UTF8.GetBytes(text));

    public static List<ImportRow> Of(IImportFormat format, byte[] file) => [.. format.Read(new MemoryStream(file))];

    /// <summary>The rows, and why it ended before the end of the file.</summary>
    public static (List<ImportRow> Rows, string? Refusal) Until(IImportFormat format, Stream file)
    {
        List<ImportRow> rows = [];
        try
        {
            rows.AddRange(format.Read(file));
            return (rows, null);
        }
        catch (ImportRefusedException e)
        {
            return (rows, e.Message);
        }
    }

    public static (List<ImportRow> Rows, string? Refusal) Until(IImportFormat format, string file) => Until(format, new MemoryStream(Encoding.UTF8.GetBytes(file)));

    public static string Said(ImportRow row) => row switch
    {
        ImportRow.Refused refused => $"{row.Place} {refused.Code}",
        ImportRow.Item item => $"{row.Place} {item.Says} {item.Key} {item.Flags} {item.Classification?.Scheme} {item.Classification?.Labels} {item.Classification?.Series} {Said(item.Hashes)}",
        _ => throw new InvalidOperationException(),
    };

    public static string Said(ItemHashes hashes) => string.Join(' ', new[] { hashes.Md5, hashes.Sha1, hashes.Sha256, hashes.Pdq }.Select(h => h is null ? "-" : Convert.ToHexStringLower(h)))
        + $" {hashes.PdqQuality} " + string.Join(' ', hashes.Further.Select(f => $"{f.Kind} {f.Name} {(f.Kind == HashKind.Other ? Encoding.UTF8.GetString(f.Value) : Convert.ToHexStringLower(f.Value))}"));

    /// <summary>Hands out one byte at a time, as a slow line does.</summary>
    public sealed class Drip(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }
}
