using System.Text.Json;
using System.Text.Json.Serialization;
using Egida.HashBank.Partners.Ranges;

namespace Egida.HashBank.Partners;

/// <summary>How partners' JSON is read and written: as <see cref="MatchMessages.Json"/> says, by code that the compiler made: a thousand hashes are read in a request.</summary>
[JsonSerializable(typeof(MatchMessages.Request))]
[JsonSerializable(typeof(MatchMessages.Response))]
[JsonSerializable(typeof(MatchMessages.ImageResponse))]
[JsonSerializable(typeof(RangeMessages.Epochs))]
internal sealed partial class MatchJson : JsonSerializerContext
{
    public static MatchJson Strict { get; } = new(new JsonSerializerOptions(MatchMessages.Json));
}
