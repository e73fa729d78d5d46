using System.Diagnostics;
using Egida.Decoding;
using Egida.HashSearch;
using Egida.HashSearch.Tests;
using Egida.Platform.Sandboxing;

namespace Egida.Bench.Pdq;

/// <summary>
/// A JPEG of twelve megapixels from bytes to hash, with the sandbox's decoder (libvips): decoding alone, with the eight hashes, and
/// with the preview and thumbnail that the sandbox makes as well. Needs ffmpeg for making the file.
/// </summary>
internal static class PdqJpeg
{
    private const int Width = 4000, Height = 3000, Runs = 7;

    public static void Measure(Report report)
    {
        Report.Step("a JPEG of 12 megapixels");
        var folder = Directory.CreateTempSubdirectory("egida-bench-jpeg");
        try
        {
            var file = Path.Combine(folder.FullName, "picture.jpg");
            Encode(PdqPictures.Draw(PdqPictures.Kind.Photo, Width, Height, 3, 2), file);
            // libvips remembers by name what it has opened.
            var names = Enumerable.Range(0, 3 * Runs).Select(i => Path.Combine(folder.FullName, $"{i}.jpg")).ToArray();
            foreach (var name in names) File.CreateSymbolicLink(name, file);

            Decode(file, _ => { });
            Hash(file);
            var (decode, hash, record) = (new double[Runs], new double[Runs], new double[Runs]);
            for (var run = 0; run < Runs; run++)
            {
                decode[run] = Bench.Measure.Once(() => Decode(names[3 * run], _ => { }));
                hash[run] = Bench.Measure.Once(() => Hash(names[3 * run + 1]));
                record[run] = Bench.Measure.Once(() => PictureDecoder.Decode(names[3 * run + 2], MediaFormat.Jpeg, Width * Height, ContentMarks.None, forgiving: false));
            }
            var alone = Bench.Measure.Percentile(decode, 50);
            report.Add("jpeg_12mp_decode_ms", 1e3 * alone);
            report.Add("jpeg_12mp_hash_ms", 1e3 * Bench.Measure.Percentile(hash, 50));
            report.Add("jpeg_12mp_hash_to_decode", Bench.Measure.Percentile(hash, 50) / alone);
            report.Add("jpeg_12mp_record_ms", 1e3 * Bench.Measure.Percentile(record, 50));
        }
        catch (Exception e) when (e.GetBaseException() is DllNotFoundException or System.ComponentModel.Win32Exception)
        {
            report.Add("jpeg_12mp", $"not measured: {e.GetBaseException().Message}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Hash(string file)
    {
        var pdq = new PdqRows(Width, Height, channels: 3);
        Decode(file, rows => pdq.Add(rows, Width * 3));
        pdq.CompleteDihedral();
    }

    private static void Decode(string file, VipsImage.StripTaker take) => VipsImage.Load("jpegload", file, forgiving: false).InEightBits().ForEachStrip(take);

    private static void Encode(byte[] pixels, string file)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", $"-v error -f rawvideo -pix_fmt rgb24 -s {Width}x{Height} -i - -q:v 3 {file}") { RedirectStandardInput = true })!;
        ffmpeg.StandardInput.BaseStream.Write(pixels);
        ffmpeg.StandardInput.Close();
        ffmpeg.WaitForExit();
    }
}
