using System.Collections.Concurrent;
using Egida.HashSearch.Tests.Files;

namespace Egida.HashSearch.Tests.Living;

public class LivingNearIndexModelTests
{
    [Fact]
    public void Ten_thousand_histories_with_crashes_and_full_and_failing_disks_never_differ_from_the_model() =>
        NeverDiffer(10_000, seed => new(seed));

    [Fact]
    public void On_the_real_file_system_they_dont_differ_either()
    {
        using var folder = TemporaryFolder.InMemory();
        NeverDiffer(200, seed => new(seed, folder[$"{seed}"]));
    }

    private static void NeverDiffer(int histories, Func<int, History> begin)
    {
        var differences = new ConcurrentBag<string>();
        Parallel.For(0, histories, (seed, loop) =>
        {
            using var history = begin(seed);
            if (history.Live(steps: 20) is not { } difference) return;
            differences.Add($"history {seed}: {difference}");
            loop.Stop();
        });
        Assert.True(differences.IsEmpty, differences.FirstOrDefault());
    }
}
