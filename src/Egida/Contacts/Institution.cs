using Egida.Platform;
using Egida.Platform.Mail;

namespace Egida.Contacts;

/// <summary>Who we are, in every letter and package: the country folder's <c>institution.json</c>.</summary>
/// <param name="Domain">Of our mail and our identity in XARF.</param>
public sealed record Institution(string Name, string EnglishName, string ShortName, string Mail, string Domain, string Phone, string PostalAddress, string CountryCode)
{
    public static Institution Of(CountryFolder country)
    {
        var read = country.Read<Institution>("institution.json");
        return MailBox.Parse(read.Mail) is not null
            ? read
            : throw new InvalidOperationException("institution.json: 'mail' must be a plain mail address.");
    }

    public MailBox MailBox => MailBox.Parse(Mail, ShortName)!;
}
