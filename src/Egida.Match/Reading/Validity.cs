namespace Egida.Match.Reading;

/// <summary>When a list may be used, by the clock of this machine.</summary>
internal static class Validity
{
    // Clocks of two machines are never the same.
    private static readonly TimeSpan s_clocksDiffer = TimeSpan.FromHours(1);

    public static void RequireNotFromTheFuture(string path, ListHeader header, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (header.Made <= now + s_clocksDiffer) return;
        throw new ListRefusedException(ListProblem.FromTheFuture, path,
            $"was made at {header.Made.UtcDateTime:yyyy-MM-dd HH:mm} UTC, and here it is {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC", "Set this machine's clock.");
    }

    public static void RequireNotExpired(string path, DateTimeOffset until, TimeProvider clock)
    {
        if (clock.GetUtcNow() >= until) throw ListRefusedException.Expired(path, until);
    }
}
