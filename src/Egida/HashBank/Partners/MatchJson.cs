using System.Text.Json;
using System.Text.Json.Serialization;

namespace Egida.HashBank.Partners;

/// <summary>How partners' JSON is read and written: by code that the compiler made, and strictly: what isn't understood is refused instead of left out.</summary>
[JsonSerializable(typeof(MatchMessages.Request))]
[JsonSerializable(typeof(MatchMessages.Response))]
internal sealed partial class MatchJson : JsonSerializerContext
{
    public static MatchJson Strict { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        MaxDepth = 8,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
