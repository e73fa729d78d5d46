using System.CommandLine;
using System.Diagnostics;
using Egida.HashSearch;
using Egida.HashSearch.Kernels;
using Egida.HashSearch.Near;

namespace Egida.Bench;

internal static class NearBench
{
    public static Command Command()
    {
        var records = new Option<int>("--records") { DefaultValueFactory = _ => 10_000_000 };
        var command = new Command("near", "Range search over 256-bit codes.") { records };
        command.SetAction(parse =>
        {
            var n = parse.GetValue(records);
            using var codes = Codes.Uniform(n);
            var t = Stopwatch.GetTimestamp();
            using var index = NearIndex.Build(codes.Span);
            Console.WriteLine($"build {Stopwatch.GetElapsedTime(t).TotalSeconds:F1} s, {index.Bytes / (double)n:F1} B/rec parts {index.Parts.Count} cont {index.Parts[0].Shape.Continuations}");
            var random = new Random(3);
            var queries = new Hash256[2000];
            var bytes = new byte[32];
            for (var i = 0; i < queries.Length; i++) { random.NextBytes(bytes); queries[i] = Hash256.FromBytes(bytes); }
            var collected = new NearMatches();
            foreach (var r in new[] { 31, 15, 47 })
                foreach (var kernel in (Environment.GetEnvironmentVariable("ONLY") is {} o ? [Enum.Parse<Kernel>(o)] : new[] { Kernel.Vector128, Kernel.Avx2, Kernel.Avx512 }))
                    foreach (var second in new[] { true })
                    {
                        if (r != 31 && (kernel != Kernel.Avx2 || !second)) continue;
                        var searcher = SearcherChoice.For(kernel, second);
                        var part = index.Parts[0];
                        var c = AllCollector.OfThread(collected, int.MaxValue);
                        var some = r == 47 ? queries[..200] : queries;
                        var s = Measure.Seconds(int.Parse(Environment.GetEnvironmentVariable("COLD") ?? "7"), () => { foreach (var q in some) searcher.Search(part, q, r, c); }) / some.Length;
                        var touch = Measure.Seconds(7, () => { foreach (var q in some) searcher.Touch(part, q, r); }) / some.Length;
                        var hot = Measure.Seconds(Environment.GetEnvironmentVariable("LOOPS") is {} l ? int.Parse(l) : 7, () => { for (var i = 0; i < some.Length; i++) searcher.Search(part, some[0], r, c); }) / some.Length;
                        var hotTouch = Measure.Seconds(7, () => { for (var i = 0; i < some.Length; i++) searcher.Touch(part, some[0], r); }) / some.Length;
                        Console.WriteLine($"hottouch {hotTouch*1e6:F1} r={r} {kernel} {(second ? "t1" : "t0")}: {1 / s:N0} q/s {s * 1e6:F1} us, touch {touch * 1e6:F1} us = {touch / s:P0}, hot {hot * 1e6:F1} us");
                    }
        });
        return command;
    }
}
