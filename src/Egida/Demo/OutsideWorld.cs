using System.Text.Json;

namespace Egida.Demo;

/// <summary>What the simulated outside world says of itself in its world.json.</summary>
internal sealed record OutsideWorld
{
    public required string Dns { get; init; }

    public required string Egress { get; init; }

    public required string Smtp { get; init; }

    public required Uri RdapBootstrap { get; init; }

    public required Uri AbuseContacts { get; init; }

    public required Uri Iccam { get; init; }

    public required string IccamUser { get; init; }

    public required string IccamPassword { get; init; }

    public required Uri Control { get; init; }

    public required string CaCertificate { get; init; }

    public required string GeoCsv { get; init; }

    public required string KnownPictures { get; init; }

    public required string PoliceMail { get; init; }

    public required string PoliceCertificate { get; init; }

    public required string PoliceKey { get; init; }

    public required Uri TimeStamps { get; init; }

    public required string TimeStampRoot { get; init; }

    public required string WalkPage { get; init; }

    public required IReadOnlyList<DemoPage> DemoPages { get; init; }

    /// <summary>Where the simulators keep what they need.</summary>
    public static string Folder(string data) => Path.Combine(data, "world");

    /// <summary>Is there when they are ready.</summary>
    public static string Description(string data) => Path.Combine(Folder(data), "world.json");

    public static OutsideWorld Read(string data) => JsonSerializer.Deserialize<OutsideWorld>(File.ReadAllText(Description(data)), JsonSerializerOptions.Web)
        ?? throw new InvalidDataException("world.json is empty");
}

/// <param name="Url">A page of a simulated site.</param>
/// <param name="Country">Where it is hosted, ISO 3166-1 alpha-2; null where nobody knows.</param>
internal sealed record DemoPage(string Url, string? Country);
