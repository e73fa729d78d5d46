using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Egida.Platform.Database;

/// <summary>An identity of one kind of thing, so that an item's id can't be passed where a report's is meant. UUIDv7: ordered by time of creation.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

/// <summary>An identity of which there are tens of millions, so that 16 bytes would be too many: 1, 2, 3 …, taken inside the action that uses it.</summary>
public interface INumber<TSelf> where TSelf : struct, INumber<TSelf>
{
    int Value { get; }

    static abstract TSelf From(int value);
}

public static class Id
{
    public static TId New<TId>(TimeProvider clock) where TId : struct, IId<TId> =>
        TId.From(Guid.CreateVersion7(clock.GetUtcNow()));

    public static bool TryParse<TId>(string? text, out TId id) where TId : struct, IId<TId>
    {
        var parsed = Guid.TryParse(text, out var value);
        id = parsed ? TId.From(value) : default;
        return parsed;
    }
}

internal sealed class IdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Create(value))
    where TId : struct, IId<TId>
{
    private static TId Create(Guid value) => TId.From(value);
}

internal sealed class NumberConverter<TId>() : ValueConverter<TId, int>(id => id.Value, value => Create(value))
    where TId : struct, INumber<TId>
{
    private static TId Create(int value) => TId.From(value);
}

internal sealed class IdJsonConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        IsA(typeToConvert, typeof(IId<>)) || IsA(typeToConvert, typeof(INumber<>));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance((IsA(typeToConvert, typeof(IId<>)) ? typeof(Of<>) : typeof(OfNumber<>)).MakeGenericType(typeToConvert))!;

    internal static bool IsA(Type type, Type kind) => type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == kind);

    private sealed class Of<TId> : JsonConverter<TId> where TId : struct, IId<TId>
    {
        public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TId.From(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class OfNumber<TId> : JsonConverter<TId> where TId : struct, INumber<TId>
    {
        public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TId.From(reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }
}
