using System.Text;
using Egida.HashSearch.Tests;
using Mono.Cecil;

namespace Egida.Tests.Architecture;

/// <summary>Who uses whom, read from the compiled application.</summary>
public sealed class FeatureMapTests
{
    /// <summary>The ground that every feature stands on.</summary>
    private static readonly string[] Ground = ["Platform", "Access", "Audit"];

    /// <summary>Where the ground knows something of the hotline, and why it must.</summary>
    private static readonly Dictionary<(string From, string To), string> GroundKnows = new()
    {
        [("Platform.Database", "Access")] = "the sign-in tables belong to the staff member's type",
        [("Platform.Actions", "Audit")] = "no action commits without its entry in the log",
        [("Platform.Web", "Access")] = "the staff's frame shows who is signed in and only what they may open",
        [("Platform.Web.Styleguide", "Access")] = "the styleguide is a staff page",
        [("Platform.Web.Styleguide", "Intake")] = "the styleguide shows the drawing of the road",
    };

    [Fact]
    public void The_features_use_each_other_as_approved()
    {
        var text = new StringBuilder("# feature → what it uses besides Platform, from the compiled code\n");
        foreach (var uses in Arrows().Where(a => !IsPlatform(a.To) && !IsPlatform(a.From)).GroupBy(a => a.From, StringComparer.Ordinal))
        {
            text.Append($"{uses.Key} → {string.Join(", ", uses.Select(u => u.To).Order(StringComparer.Ordinal))}\n");
        }

        text.Append("\n# part of the platform → what it uses outside itself\n");
        foreach (var (from, to) in Arrows().Where(a => IsPlatform(a.From) && !IsPlatform(a.To)))
        {
            text.Append($"{from} → {to}\n");
        }

        ApprovedFile.Matches(Path.Combine(Repository.Root, "tests/Egida.Tests/Architecture/FeatureMap.verified.txt"), text.ToString());
    }

    [Fact]
    public void No_feature_uses_one_that_uses_it()
    {
        var arrows = Arrows().Where(a => !OnGround(a.From) && !OnGround(a.To)).ToLookup(a => a.From, a => a.To, StringComparer.Ordinal);
        var circles = arrows.Select(a => a.Key).Select(start => Way(arrows, start)).Where(way => way is not null).Select(way => string.Join(" → ", way!));

        Assert.Empty(circles);
    }

    [Fact]
    public void The_platform_knows_of_the_hotline_only_what_is_listed_with_a_reason()
    {
        var known = Arrows().Where(a => IsPlatform(a.From) && !IsPlatform(a.To)).Select(a => $"{a.From} → {a.To}").Order(StringComparer.Ordinal);
        var listed = GroundKnows.Keys.Select(k => $"{k.From} → {k.To}").Order(StringComparer.Ordinal);

        Assert.Equal(listed, known);
    }

    [Fact]
    public void Access_and_audit_use_no_other_feature() =>
        Assert.Empty(Arrows().Where(a => a.From is "Access" or "Audit" && !OnGround(a.To)).Select(a => $"{a.From} → {a.To}"));

    [Fact]
    public void The_map_sees_what_is_used_inside_lambdas_and_asynchronous_methods()
    {
        // Reaching a station happens only inside TraceItem's state machine; the listener is a lambda in TracingFeature.
        var mentions = CompiledCode.WrittenTypes(CompiledCode.Application).Where(t => t.Name.Contains('<') && CompiledCode.Outermost(t).Name == "TraceItem")
            .SelectMany(CompiledCode.Mentions).Select(t => t.Name);

        Assert.Contains("Station", mentions);
    }

    /// <summary>A shortest way from the feature back to itself.</summary>
    private static List<string>? Way(ILookup<string, string> arrows, string start)
    {
        var came = new Dictionary<string, string>(StringComparer.Ordinal);
        var next = new Queue<string>([start]);
        while (next.TryDequeue(out var at))
        {
            foreach (var to in arrows[at])
            {
                if (to == start)
                {
                    List<string> way = [start];
                    for (var step = at; step != start; step = came[step])
                    {
                        way.Insert(0, step);
                    }

                    return [start, .. way];
                }

                if (came.TryAdd(to, at))
                {
                    next.Enqueue(to);
                }
            }
        }

        return null;
    }

    private static List<(string From, string To)> Arrows() =>
    [
        .. CompiledCode.WrittenTypes(CompiledCode.Application)
            .SelectMany(type => CompiledCode.Mentions(type).Select(to => (From: Place(CompiledCode.Outermost(type)), To: Place(to))))
            .Where(a => a is { From: not null, To: not null } && a.From != a.To)
            .Select(a => (a.From!, a.To!))
            .Distinct()
            .Order(),
    ];

    /// <summary>`Intake`, or for the platform its part: `Platform.Web`. The table of contents (EgidaApp) and the verbs, which know everything, have no place.</summary>
    private static string? Place(TypeDefinition type)
    {
        var parts = type.Namespace.Split('.');
        return parts switch
        {
            ["Egida"] => null,
            ["Egida", "Platform", "Verbs", ..] => null,
            ["Egida", "Platform", ..] => string.Join('.', parts[1..]),
            ["Egida", "Migrations", ..] => null,
            ["Egida", var feature, ..] => feature,
            _ => null,
        };
    }

    private static bool IsPlatform(string place) => place == "Platform" || place.StartsWith("Platform.", StringComparison.Ordinal);

    private static bool OnGround(string place) => IsPlatform(place) || Ground.Contains(place);
}
