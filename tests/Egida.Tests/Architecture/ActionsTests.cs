using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Egida.HashSearch.Tests;
using Egida.Platform.Actions;

namespace Egida.Tests.Architecture;

/// <summary>docs/actions.md is written by this test: everything that can be done here.</summary>
public sealed partial class ActionsTests
{
    [Fact]
    public void Every_action_stands_in_the_document()
    {
        var text = new StringBuilder("""
            # Actions

            Everything that is written, and every look at sealed material, is one of these actions: who, when, why and about what goes into the
            audit log in the same transaction as the change. This list is generated from the code by a test (`./egida test` tells when it is out of date).

            | action | a reason is required | somebody looks at material | use case |
            |---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var (kind, place) in Kinds())
        {
            text.Append($"| `{kind.Name}` | {(kind.ReasonRequired ? "yes" : "")} | {(kind.LooksAtMaterial ? "yes" : "")} | `{place}` |\n");
        }

        ApprovedFile.Matches(Path.Combine(Repository.Root, "docs/actions.md"), text.ToString());
    }

    [Fact]
    public void An_action_is_named_by_its_feature_a_verb_and_an_object() =>
        Assert.Empty(Kinds().Where(k => !Name().IsMatch(k.Kind.Name) || !FeatureOf(k.Kind).Equals(k.Place.Split('.')[0], StringComparison.OrdinalIgnoreCase))
            .Select(k => $"{k.Kind.Name} in {k.Place}"));

    [Fact]
    public void An_action_is_declared_once() =>
        Assert.Empty(Kinds().GroupBy(k => k.Kind.Name).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same.Select(k => k.Place))}"));

    private static List<(ActionKind Kind, string Place)> Kinds() =>
    [
        .. typeof(ActionKind).Assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType == typeof(ActionKind))
            .Select(field => ((ActionKind)field.GetValue(null)!, PlaceOf(field.DeclaringType!)))
            .OrderBy(k => k.Item1.Name, StringComparer.Ordinal).ThenBy(k => k.Item2, StringComparer.Ordinal),
    ];

    private static string PlaceOf(Type type) => type.DeclaringType is { } outer ? PlaceOf(outer) : type.FullName!["Egida.".Length..];

    private static string FeatureOf(ActionKind kind) => kind.Name.Split('.')[0].Replace("-", "", StringComparison.Ordinal);

    [GeneratedRegex("^[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*$")]
    private static partial Regex Name();
}
