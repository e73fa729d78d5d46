namespace Egida.Match;

/// <summary>A list can't be used. The message names the list, what is wrong and what to do.</summary>
public sealed class ListRefusedException : Exception
{
    internal ListRefusedException(ListProblem problem, string path, string what, string whatToDo, Exception? inner = null)
        : base($"The list '{path}' {what}. {whatToDo}", inner) => (Problem, Path) = (problem, path);

    /// <summary>What is wrong.</summary>
    public ListProblem Problem { get; }

    /// <summary>The list's file.</summary>
    public string Path { get; }

    internal static ListRefusedException NotAList(string path) =>
        new(ListProblem.NotAList, path, "doesn't begin as a list of Egida", "Check that it is the file which the hotline sent.");

    internal static ListRefusedException Newer(string path, string what) =>
        new(ListProblem.NewerVersion, path, $"is for a newer version of this program ({what})", "Update the program.");

    internal static ListRefusedException Damaged(string path, string where, Exception? inner = null) =>
        new(ListProblem.Damaged, path, $"is damaged: {where}", "Fetch it again.", inner);

    internal static ListRefusedException Expired(string path, DateTimeOffset until) =>
        new(ListProblem.Expired, path, $"was valid until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC and gives no answers any more", "Fetch a newer list or the delta that goes with it.");
}
