using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Egida.HashSearch;

namespace Egida.Bench;

/// <summary>The peer: FAISS from Debian with the index and the parameters that HMA uses for PDQ, one thread, on the same codes in the same run.</summary>
internal static class FaissPeer
{
    private const int Queries = 200;

    // HMA: IndexBinaryMultiHash(256, 16, 16), nflip = radius / 16; FAISS's radius is exclusive.
    private const string Program = """
        import sys, time, numpy, faiss
        folder, radius = sys.argv[1], int(sys.argv[2])
        faiss.omp_set_num_threads(1)
        codes = numpy.fromfile(folder + '/codes', dtype=numpy.uint8).reshape(-1, 32)
        queries = numpy.fromfile(folder + '/queries', dtype=numpy.uint8).reshape(-1, 32)
        index = faiss.IndexBinaryMultiHash(256, 16, 16)
        index.nflip = radius // 16
        start = time.perf_counter(); index.add(codes); built = time.perf_counter() - start
        index.range_search(queries[:8], radius + 1)
        times = []
        for i in range(len(queries)):
            start = time.perf_counter(); index.range_search(queries[i:i+1], radius + 1); times.append(time.perf_counter() - start)
        print(faiss.__version__, built, sorted(times)[len(times) // 2], sum(times) / len(times))
        """;

    public static void Run(Report report, ReadOnlySpan<Hash256> codes, int radius)
    {
        Report.Step($"FAISS with {codes.Length:N0} codes; this takes minutes");
        var folder = Directory.CreateTempSubdirectory("egida-bench-");
        try
        {
            Write(Path.Combine(folder.FullName, "codes"), codes);
            Write(Path.Combine(folder.FullName, "queries"), NearBench.QueriesFor(codes, Queries));
            // Debian's interpreter, for which Debian's FAISS is.
            using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Program, folder.FullName, radius.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardOutput = true,
            })!;
            var answer = python.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
            python.WaitForExit();
            if (python.ExitCode != 0 || answer.Length != 4) throw new InvalidOperationException("FAISS didn't run; its message is above. It is Debian's package python3-faiss.");
            report.Add("peer", $"FAISS {answer[0]} IndexBinaryMultiHash(256, 16, 16), nflip {radius / 16}");
            report.Add("peer_records", (long)codes.Length);
            report.Add("peer_build_seconds", double.Parse(answer[1], CultureInfo.InvariantCulture));
            report.Add("peer_queries_per_second", 1 / double.Parse(answer[2], CultureInfo.InvariantCulture));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(string path, ReadOnlySpan<Hash256> codes)
    {
        using var file = File.Create(path);
        for (var at = 0; at < codes.Length; at += 1 << 20) file.Write(MemoryMarshal.AsBytes(codes.Slice(at, Math.Min(1 << 20, codes.Length - at))));
    }
}
