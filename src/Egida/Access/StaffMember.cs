using Egida.Platform.Actions;
using Microsoft.AspNetCore.Identity;

namespace Egida.Access;

/// <summary>Somebody who works here. Signs in with a passkey, or a one-time code as fallback; never with a password.</summary>
public sealed class StaffMember : IdentityUser<Guid>
{
    public StaffId StaffId => new(Id);

    /// <summary>How colleagues see them.</summary>
    public required string DisplayName { get; set; }

    /// <summary>pl, en or uk.</summary>
    public string Language { get; set; } = "pl";

    /// <summary>Since when they may not come in any more; their rows stay, because the log names them.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>The secret of their code app, sealed by data protection. Null: they have none.</summary>
    public byte[]? CodeSecret { get; set; }

    /// <summary>The last 30-second step whose code was taken: a code is never taken twice (RFC 6238, 5.2).</summary>
    public long LastCodeStep { get; set; }
}
