using System.CommandLine;
using Egida.HashSearch;
using Egida.Platform.Sandboxing;

namespace Egida.Matching;

/// <summary>An operator hashes picture files to compare them with somebody else's values: one line per file, in the order
/// given. A file is named without its folder, as in the lists that it is compared with.</summary>
internal static class HashPdq
{
    // The machine has few processors, and each sandbox may take its full share of memory.
    private const int AtOnce = 2;

    public static Command Command()
    {
        var csv = new Option<bool>("--csv") { Description = "Print file,pdq,quality with a heading." };
        var files = new Argument<string[]>("FILE") { Description = "Pictures; of an animation or video the first frame.", Arity = ArgumentArity.OneOrMore };
        var pdq = new Command("pdq", "PDQ hash and quality of pictures, at full resolution.") { csv, files };
        pdq.SetAction((parse, cancel) => Run(parse.GetValue(files)!, parse.GetValue(csv), Console.Out, Console.Error, cancel));
        return new Command("hash", "Hash files.") { pdq };
    }

    /// <returns>0 if every file was hashed, else 1.</returns>
    public static async Task<int> Run(IReadOnlyList<string> files, bool csv, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        var sandbox = new MediaSandbox(TimeProvider.System);
        var places = new SemaphoreSlim(AtOnce);
        var looks = files.Select(file => Look(sandbox, file, places, cancel)).ToList();
        var failed = false;
        try
        {
            if (csv) await output.WriteLineAsync("file,pdq,quality");
            foreach (var (file, look) in files.Zip(looks))
            {
                switch (await look)
                {
                    case (Inspection.Decoded decoded, _):
                        await output.WriteLineAsync(Line(Path.GetFileName(file), decoded.Pdq, csv));
                        // The value stands, but it is that of what could be read.
                        if (decoded.Mark is not null) await errors.WriteLineAsync($"{file}: {decoded.Reason}");
                        break;
                    case var (inspection, problem):
                        failed = true;
                        await errors.WriteLineAsync($"{file}: {inspection?.Reason ?? problem}");
                        break;
                }
            }
        }
        catch (SandboxUnavailableException e)
        {
            failed = true;
            await errors.WriteLineAsync(e.Message);
        }
        return failed ? 1 : 0;
    }

    internal static string Line(string name, PdqResult pdq, bool csv) =>
        csv ? $"{Cell(name)},{pdq.Hash},{pdq.Quality}" : $"{pdq.Hash}  {pdq.Quality,3}  {name}";

    private static async Task<(Inspection? Found, string? Problem)> Look(MediaSandbox sandbox, string file, SemaphoreSlim places, CancellationToken cancel)
    {
        await places.WaitAsync(cancel);
        try
        {
            await using var content = File.OpenRead(file);
            return (await sandbox.Inspect(content, cancel), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
        finally
        {
            places.Release();
        }
    }

    // RFC 4180: a cell with a separator, a quote or a line break is quoted, and quotes are doubled.
    private static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
