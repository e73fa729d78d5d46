using System.Text.Json.Nodes;
using Egida.Tests.Architecture;
using Json.Schema;

namespace Egida.Tests.Takedown;

/// <summary>XARF's own published schemas, with formats (uuid, date-time, uri, email) as requirements.</summary>
internal static class XarfJudge
{
    private const string Folder = "tests/Egida.Tests/Takedown/XarfSchemas/";

    private static readonly Lazy<(JsonSchema Csam, EvaluationOptions Options)> Schemas = new(() =>
    {
        // The library's own reading of "hostname" knows some top-level domains only, and .example isn't among them.
        Formats.Register(new RegexFormat("hostname", @"^(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$"));
        var options = new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true };
        foreach (var file in new[] { "xarf-core.json", "content-base.json" })
        {
            options.SchemaRegistry.Register(JsonSchema.FromText(Repository.Read(Folder + file)));
        }

        return (JsonSchema.FromText(Repository.Read(Folder + "content-csam.json")), options);
    });

    /// <returns>What the schemas object to: empty for a valid report.</returns>
    public static IReadOnlyList<string> Objections(string report)
    {
        var (schema, options) = Schemas.Value;
        var result = schema.Evaluate(JsonNode.Parse(report), options);
        return result.IsValid
            ? []
            : [.. result.Details.Where(d => d.HasErrors).SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation} {e.Key}: {e.Value}")).DefaultIfEmpty("invalid")];
    }
}
