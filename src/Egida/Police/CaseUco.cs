using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Egida.Contacts;

namespace Egida.Police;

/// <summary>
/// The same facts as a graph in CASE/UCO (JSON-LD; https://caseontology.org): the investigation, the capture as an action, each captured file with its
/// hashes and its number as an exhibit, the address and where it was hosted. The report is a <c>HotlineReport</c> of the CAC ontology. No content of any file.
/// </summary>
internal static class CaseUco
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Compose(CaseFacts facts, Institution institution) => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject
        {
            ["@context"] = new JsonObject
            {
                ["kb"] = $"urn:egida:{facts.Item.Id.Value}:",
                ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
                ["case-investigation"] = "https://ontology.caseontology.org/case/investigation/",
                ["uco-action"] = "https://ontology.unifiedcyberontology.org/uco/action/",
                ["uco-core"] = "https://ontology.unifiedcyberontology.org/uco/core/",
                ["uco-identity"] = "https://ontology.unifiedcyberontology.org/uco/identity/",
                ["uco-observable"] = "https://ontology.unifiedcyberontology.org/uco/observable/",
                ["uco-tool"] = "https://ontology.unifiedcyberontology.org/uco/tool/",
                ["uco-types"] = "https://ontology.unifiedcyberontology.org/uco/types/",
                ["uco-vocabulary"] = "https://ontology.unifiedcyberontology.org/uco/vocabulary/",
                ["cacontology-hotlines"] = "https://cacontology.projectvic.org/hotlines#",
            },
            ["@graph"] = new JsonArray([.. Nodes(facts, institution)]),
        },
        Json);

    private static IEnumerable<JsonNode> Nodes(CaseFacts facts, Institution institution)
    {
        var exhibits = facts.Plan.Objects.Select(o => (Object: o, Id: $"kb:file-{o.About.Id.Value}")).ToList();
        var hosting = Hosting(facts).ToList();
        yield return Node("kb:hotline", "cacontology-hotlines:HotlineOrganization", ("uco-core:name", institution.Name));
        yield return Node("kb:address", "uco-observable:ObservableObject", ("uco-core:hasFacet", new JsonArray(
            Node($"kb:address-facet", "uco-observable:URLFacet", ("uco-observable:fullValue", (facts.Item.Address ?? facts.Item.AsTyped).Reveal())))));
        foreach (var node in hosting)
        {
            yield return node;
        }

        foreach (var (planned, id) in exhibits)
        {
            yield return File(facts, planned, id);
            yield return Node($"kb:exhibit-{planned.About.Id.Value}", "case-investigation:ProvenanceRecord",
                ("case-investigation:exhibitNumber", planned.Path), ("uco-core:object", Links([id])));
        }

        foreach (var tool in facts.Plan.Objects.Select(o => o.About.Tool).Distinct(StringComparer.Ordinal))
        {
            yield return Node($"kb:tool-{Slug(tool)}", "uco-tool:Tool", ("uco-core:name", tool));
        }

        foreach (var capture in exhibits.GroupBy(e => (e.Object.About.CapturedAt, e.Object.About.Tool)))
        {
            yield return Node($"kb:capture-{capture.First().Object.About.Id.Value}", "case-investigation:InvestigativeAction",
                ("uco-core:name", "capture"),
                ("uco-action:startTime", Instant(capture.Key.CapturedAt)),
                ("uco-action:performer", Link("kb:hotline")),
                ("uco-action:instrument", Links([$"kb:tool-{Slug(capture.Key.Tool)}"])),
                ("uco-action:object", Links(["kb:address"])),
                ("uco-action:result", Links([.. capture.Select(e => e.Id)])));
        }

        yield return Node("kb:report", "cacontology-hotlines:HotlineReport",
            ("uco-core:name", facts.Package.Reference),
            ("cacontology-hotlines:receivedBy", Link("kb:hotline")),
            ("cacontology-hotlines:foundAtURL", Link("kb:address")),
            ("cacontology-hotlines:firstSeen", Instant(facts.Item.OpenedAt)),
            ("cacontology-hotlines:classification", new JsonArray([.. facts.Outcomes.Where(o => o.EvidenceId is null).Select(o => (JsonNode?)$"{o.Scheme}:{o.Code}")])),
            ("cacontology-hotlines:hasEvidence", Links([.. exhibits.Select(e => e.Id)])));
        yield return Node("kb:investigation", "case-investigation:Investigation",
            ("uco-core:name", facts.Package.Reference),
            ("uco-core:object", Links(["kb:report", "kb:address", .. hosting.Select(h => (string)h["@id"]!), .. exhibits.Select(e => e.Id)])));
    }

    /// <summary>Of the last look.</summary>
    private static IEnumerable<JsonNode> Hosting(CaseFacts facts)
    {
        if (facts.Traces.Count == 0)
        {
            yield break;
        }

        var trace = facts.Traces[^1];
        yield return Node("kb:host", "uco-observable:ObservableObject", ("uco-core:hasFacet", new JsonArray(
            Node("kb:host-facet", "uco-observable:DomainNameFacet", ("uco-observable:value", trace.Host)))));
        if (trace.Address is { } address)
        {
            var version = address.Contains(':', StringComparison.Ordinal) ? "IPv6" : "IPv4";
            yield return Node("kb:host-address", "uco-observable:ObservableObject", ("uco-core:hasFacet", new JsonArray(
                Node("kb:host-address-facet", $"uco-observable:{version}AddressFacet", ("uco-observable:addressValue", address)))));
        }
    }

    private static JsonObject File(CaseFacts facts, PlannedObject planned, string id)
    {
        var (about, finding) = (planned.About, facts.FindingOf(planned.About.Id));
        var content = Node($"{id}-content", "uco-observable:ContentDataFacet",
            ("uco-observable:sizeInBytes", Typed("xsd:integer", about.Size.ToString(System.Globalization.CultureInfo.InvariantCulture))),
            ("uco-observable:hash", new JsonArray(
            [
                Hash("SHA256", Convert.ToHexStringLower(about.Sha256)),
                .. finding is null ? Array.Empty<JsonNode>() : [Hash("MD5", finding.Md5), Hash("SHA1", finding.Sha1)],
            ])));
        if (about.ClaimedMediaType is { } type)
        {
            content["uco-observable:mimeType"] = type;
        }

        return Node(id, "uco-observable:File", ("uco-core:hasFacet", new JsonArray(
            Node($"{id}-file", "uco-observable:FileFacet",
                ("uco-observable:fileName", planned.Path[(planned.Path.LastIndexOf('/') + 1)..]),
                ("uco-observable:filePath", $"{facts.Plan.NameOf(planned.Part)}/data/{planned.Path}")),
            content)));
    }

    private static JsonObject Hash(string method, string value) => new()
    {
        ["@type"] = "uco-types:Hash",
        ["uco-types:hashMethod"] = Typed("uco-vocabulary:HashNameVocab", method),
        ["uco-types:hashValue"] = Typed("xsd:hexBinary", value),
    };

    private static JsonObject Node(string id, string type, params (string Name, JsonNode? Value)[] properties)
    {
        var node = new JsonObject { ["@id"] = id, ["@type"] = type };
        foreach (var (name, value) in properties)
        {
            node[name] = value;
        }

        return node;
    }

    private static JsonObject Typed(string type, string value) => new() { ["@type"] = type, ["@value"] = value };

    private static JsonObject Instant(DateTime at) => Typed("xsd:dateTime", at.ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    private static JsonObject Link(string id) => new() { ["@id"] = id };

    private static JsonArray Links(IEnumerable<string> ids) => new([.. ids.Select(i => (JsonNode?)Link(i))]);

    private static string Slug(string text) => new([.. text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
}
