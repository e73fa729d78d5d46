using System.Buffers.Text;
using System.Security.Cryptography;
using Egida.Platform.Actions;

namespace Egida.Access;

public sealed record EntryLinkIssued(StaffId StaffId) : DomainEvent;

/// <summary>The operator makes a link that lets one person in once: for their first day, or when every other way is lost.</summary>
public sealed class IssueEntryLink(ActionBook actions)
{
    public static readonly ActionKind Kind = new("access.issue-entry-link");

    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <returns>The token, 256 random bits; it can't be read again.</returns>
    public async Task<string> Handle(StaffId staff, CancellationToken cancellation)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var action = actions.Begin(Kind, Actor.System("operator"), $"staff:{staff}");
        action.Db.Add(new EntryLink { TokenHash = HashOf(token), Staff = staff, ExpiresAt = action.Now + Life });
        action.Emit(new EntryLinkIssued(staff));
        await action.Commit(cancellation);
        return token;
    }

    internal static byte[] HashOf(string token) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token));
}
