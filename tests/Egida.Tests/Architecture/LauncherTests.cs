using System.Text.RegularExpressions;
using Egida.Tests.Harness;

namespace Egida.Tests.Architecture;

public sealed partial class LauncherTests
{
    [Fact]
    public async Task Without_a_verb_the_launcher_lists_every_verb_of_the_application()
    {
        var launcher = await Run(Launcher);
        var application = await Run("dotnet", Path.Combine(AppContext.BaseDirectory, "Egida.dll"), "--help");

        Assert.Equal(0, launcher.Code);
        Assert.Equal(0, application.Code);
        var verbs = VerbsIn(application.Output[application.Output.IndexOf("Commands:", StringComparison.Ordinal)..]);
        Assert.Contains("serve", verbs);
        Assert.Empty(verbs.Except(VerbsIn(launcher.Output)));
    }

    [Fact]
    public async Task An_unknown_verb_is_named_and_answered_with_the_list()
    {
        var answer = await Run(Launcher, "fly");

        Assert.Equal(2, answer.Code);
        Assert.Contains("no verb 'fly'", answer.Output, StringComparison.Ordinal);
        Assert.Contains("demo", VerbsIn(answer.Output));
    }

    [Theory]
    [InlineData(".*")]
    [InlineData("--walk")]
    [InlineData("de mo")]
    [InlineData("$(id)")]
    public async Task Only_a_whole_verb_is_a_verb(string word)
    {
        Assert.Equal(2, (await Run(Launcher, word)).Code);
    }

    [Fact]
    public async Task The_launcher_is_found_through_a_link_from_any_folder()
    {
        var folder = Directory.CreateTempSubdirectory("egida launcher ");
        try
        {
            var link = Path.Combine(folder.FullName, "a link");
            File.CreateSymbolicLink(link, Launcher);

            Assert.Equal(0, (await Run(link)).Code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Launcher => Path.Combine(Repository.Root, "egida");

    private static HashSet<string> VerbsIn(string list) => [.. Verb().Matches(list).Select(match => match.Groups[1].Value)];

    private static Task<(int Code, string Output)> Run(string program, params string[] arguments) => ChildProcess.Run(program, arguments);

    [GeneratedRegex(@"^  ([a-z][a-z-]*)\b", RegexOptions.Multiline)]
    private static partial Regex Verb();
}
