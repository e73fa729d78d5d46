using System.Text;

namespace Egida.HashSearch.Tests;

/// <summary>Compares a text with the approved file beside the tests; EGIDA_ACCEPT=1 approves what is there now.</summary>
internal static class ApprovedFile
{
    public static void Matches(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("EGIDA_ACCEPT") == "1") File.WriteAllText(path, actual);

        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (approved == actual) return;

        var (before, after) = (approved.Split('\n'), actual.Split('\n'));
        var difference = new StringBuilder($"{Path.GetFileName(path)} differs. To approve the change, run the test again with EGIDA_ACCEPT=1.\n");
        foreach (var line in before.Except(after)) difference.Append("- ").Append(line).Append('\n');
        foreach (var line in after.Except(before)) difference.Append("+ ").Append(line).Append('\n');
        Assert.Fail(difference.ToString());
    }
}
