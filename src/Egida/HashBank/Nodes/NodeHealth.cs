using Egida.HashBank.Index;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Nodes;

/// <summary>Whether this process may answer look-ups, and if not, why. Judged when it is asked for, from what its loops saw last.</summary>
internal sealed class NodeHealth(BankIndex index, IOptions<NodeOptions> options, TimeProvider clock)
{
    private readonly NodeLag lag = new();
    private volatile string? watching = "nothing is known of the bank yet";
    private volatile string? following;
    private volatile bool isEmpty;

    /// <param name="Problem">Null if it may answer.</param>
    public sealed record Verdict(NodeState State, string? Problem, long Followed, long ChangesBehind, TimeSpan TimeBehind);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The bank's last change, as the database of all has it.</summary>
    public void Saw(long changes)
    {
        lag.Saw(Now, changes);
        isEmpty = changes == 0;
        watching = null;
    }

    public void CannotSee(Exception why) => watching = $"the database can't be reached ({Short(why)})";

    public void HasFollowed() => following = null;

    public void CannotFollow(Exception why) => following = $"changes can't be read ({Short(why)})";

    public Verdict Judge()
    {
        var status = index.Status;
        var (changes, time) = lag.Of(status.Followed, Now);
        var (state, problem) = watching is { } blind ? (NodeState.Failing, blind)
            : status.IsDamaged ? (NodeState.Building, "a file of the index is damaged: it is made again")
            : status.Followed == 0 && !isEmpty ? (NodeState.Building, following ?? $"the index is being made: {status.Read} changes so far")
            : time > options.Value.MostBehind || changes > options.Value.MostChangesBehind
                ? (following is null ? NodeState.Behind : NodeState.Failing, $"{changes} changes and {time.TotalSeconds:0} s behind{(following is null ? "" : $": {following}")}")
            : (NodeState.Ready, null);
        return new Verdict(state, problem, status.Followed, changes, time);
    }

    /// <summary>What is wrong although it may answer.</summary>
    public string? Complaint => index.Status.Failure is { } failure ? $"the index can't be written ({Short(failure)})" : following;

    private static string Short(Exception why)
    {
        var said = why.GetBaseException().Message.ReplaceLineEndings(" ");
        return said.Length > 120 ? said[..120] : said;
    }
}
