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

    // The names of the reference's tools, in the order of Dihedral.
    private const string TurnNames = "rot0,rot90,rot180,rot270,flipx,flipy,flipplus,flipminus";

    public static Command Command()
    {
        var dihedral = new Option<bool>("--dihedral") { Description = "Also print the hashes of the picture turned and mirrored, eight in all." };
        var csv = new Option<bool>("--csv") { Description = "Print file,pdq,quality with a heading." };
        var files = new Argument<string[]>("FILE") { Description = "Pictures; of an animation or video the first frame.", Arity = ArgumentArity.OneOrMore };
        var pdq = new Command("pdq", "PDQ hash and quality of pictures, at full resolution.") { dihedral, csv, files };
        pdq.SetAction((parse, cancel) => Run(parse.GetValue(files)!, new(parse.GetValue(csv), parse.GetValue(dihedral)), Console.Out, Console.Error, cancel));
        return new Command("hash", "Hash files and look codes up.") { pdq, HashVideo.Command(), HashNear.Command() };
    }

    /// <param name="Csv">Comma-separated with a heading; else for reading.</param>
    /// <param name="Dihedral">With the hashes of all eight positions.</param>
    internal readonly record struct Form(bool Csv, bool Dihedral = false);

    /// <returns>0 if every file was hashed, else 1.</returns>
    public static async Task<int> Run(IReadOnlyList<string> files, Form form, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        var sandbox = new MediaSandbox(TimeProvider.System);
        var places = new SemaphoreSlim(AtOnce);
        var looks = files.Select(file => Look(sandbox, file, places, cancel)).ToList();
        var failed = false;
        try
        {
            if (form.Csv) await output.WriteLineAsync(form.Dihedral ? $"file,pdq,quality,{TurnNames}" : "file,pdq,quality");
            foreach (var (file, look) in files.Zip(looks))
            {
                switch (await look)
                {
                    case (Inspection.Decoded decoded, _):
                        await output.WriteLineAsync(Line(Path.GetFileName(file), decoded.Pdq, decoded.TurnedPdq, form));
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

    private static string Line(string name, PdqResult pdq, IReadOnlyList<Hash256> turned, Form form)
    {
        var line = form.Csv ? $"{Cell(name)},{pdq.Hash},{pdq.Quality}" : $"{pdq.Hash}  {pdq.Quality,3}  {name}";
        if (!form.Dihedral) return line;
        return form.Csv
            ? $"{line},{string.Join(',', turned)}"
            : string.Join(Environment.NewLine, [line, .. turned.Zip(TurnNames.Split(','), (hash, turn) => $"{hash}       {turn}")]);
    }

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
    internal static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
