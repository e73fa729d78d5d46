using Egida.Access;
using Egida.Contacts;
using Egida.Platform.Mail;
using Microsoft.Extensions.Options;

namespace Egida.Takedown;

/// <summary>The hotline's own names. A notice about one of them, or to a desk there, is a mistake or an attack: a person looks.</summary>
internal sealed class OwnDomains(Institution institution, IOptions<TakedownOptions> options, PublicSite site)
{
    private readonly string[] domains =
    [
        .. new[] { institution.Domain, institution.MailBox.Domain, site.Url?.IdnHost, options.Value.Page?.IdnHost }
            .OfType<string>().Select(d => d.TrimEnd('.').ToLowerInvariant()).Where(d => d is not ("" or "localhost")).Distinct(),
    ];

    /// <param name="host">A name in ASCII; also one below an own name counts.</param>
    public bool Hold(string host)
    {
        var name = host.TrimEnd('.').ToLowerInvariant();
        return domains.Any(d => name == d || name.EndsWith("." + d, StringComparison.Ordinal));
    }

    public bool Hold(MailBox box) => Hold(box.Domain);
}
