using System.Net;
using Egida.Platform;

namespace Egida.Contacts;

public enum ContactSource
{
    /// <summary>A person here approved it: the country's contacts.json.</summary>
    Approved,

    /// <summary>The registry's word (RDAP). No notice goes to it before a person decided about the desk: <see cref="Desks.AskForDesk"/>.</summary>
    Registry,
}

/// <summary>Who takes complaints about a network.</summary>
public sealed record ProviderContact(string? Name, string AbuseMail, string? Country, ContactSource Source);

public sealed record SisterHotline(string Country, string Name, string Mail);

/// <summary>What is known of the network that an item is in.</summary>
public sealed record ProviderQuestion(IPAddress? Address, string? NetworkHandle, long? AutonomousSystem, string? Holder, string? RegistryAbuseMail, string? Country);

/// <summary>Everybody whom the hotline writes to, from the country folder. Read once, at the start; a mistake in the files stops the start.</summary>
public sealed class ContactBook
{
    private readonly IReadOnlyList<ListedProvider> providers;
    private readonly Dictionary<string, SisterHotline> hotlines;

    internal ContactBook(ContactFile contacts, HotlineFile sisters)
    {
        providers = [.. contacts.Providers.Select(ListedProvider.Of)];
        hotlines = sisters.Hotlines.ToDictionary(h => CountryCode(h.Country), h => h with { Mail = Mailbox(h.Mail, h.Name) });
    }

    public IReadOnlyCollection<SisterHotline> Hotlines => [.. hotlines.Values.OrderBy(h => h.Country, StringComparer.Ordinal)];

    internal IReadOnlyList<ListedProvider> Providers => providers;

    public static ContactBook Of(CountryFolder country) => new(country.Read<ContactFile>("contacts.json"), country.Read<HotlineFile>("hotlines.json"));

    public SisterHotline? HotlineOf(string? country) => country is not null && hotlines.TryGetValue(country, out var hotline) ? hotline : null;

    /// <summary>An approved contact first (by handle, address, autonomous system, name); then the registry's; null when nobody is known.</summary>
    public ProviderContact? ProviderOf(ProviderQuestion question)
    {
        var listed = providers.FirstOrDefault(p => question.NetworkHandle is { } handle && p.File.Handles.Contains(handle, StringComparer.OrdinalIgnoreCase))
            ?? providers.FirstOrDefault(p => question.Address is { } address && p.Networks.Any(n => n.Contains(address)))
            ?? providers.FirstOrDefault(p => question.AutonomousSystem is { } number && p.File.AutonomousSystems.Contains(number))
            ?? providers.FirstOrDefault(p => question.Holder is { } holder && p.File.Names.Contains(holder, StringComparer.OrdinalIgnoreCase));
        if (listed is not null)
        {
            return new ProviderContact(listed.File.Name, listed.File.AbuseMail, listed.File.Country, ContactSource.Approved);
        }

        return question.RegistryAbuseMail is { } mail ? new ProviderContact(question.Holder, mail, question.Country, ContactSource.Registry) : null;
    }

    internal static string Mailbox(string mail, string whose) => Platform.Mail.MailBox.Parse(mail) is not null
        ? mail
        : throw new InvalidOperationException($"contacts.json or hotlines.json: '{mail}' of {whose} is no plain mail address.");

    internal static string CountryCode(string code) => code is { Length: 2 } && code.All(char.IsAsciiLetterUpper)
        ? code
        : throw new InvalidOperationException($"contacts.json or hotlines.json: '{code}' is no country code of two capital letters.");

    /// <summary>A provider of the file with its ranges read.</summary>
    internal sealed record ListedProvider(ContactFile.Provider File, IReadOnlyList<IPNetwork> Networks)
    {
        public static ListedProvider Of(ContactFile.Provider file)
        {
            Mailbox(file.AbuseMail, file.Name);
            CountryCode(file.Country);
            return new ListedProvider(file, [.. file.Networks.Select(text => IPNetwork.TryParse(text, out var network)
                ? network
                : throw new InvalidOperationException($"contacts.json: '{text}' of {file.Name} is no network such as 192.0.2.0/24."))]);
        }
    }
}

/// <summary>contacts.json</summary>
internal sealed record ContactFile(IReadOnlyList<ContactFile.Provider> Providers)
{
    /// <param name="ApprovedOn">When a person checked that this is the right desk.</param>
    public sealed record Provider(
        string Name, string AbuseMail, string Country, IReadOnlyList<string> Handles, IReadOnlyList<string> Networks, IReadOnlyList<long> AutonomousSystems,
        IReadOnlyList<string> Names, DateOnly ApprovedOn);
}

/// <summary>hotlines.json</summary>
internal sealed record HotlineFile(IReadOnlyList<SisterHotline> Hotlines);
