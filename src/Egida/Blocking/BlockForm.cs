using System.Globalization;
using Egida.Blocking.Inbound;

namespace Egida.Blocking;

/// <summary>A proposal, as typed.</summary>
/// <param name="Inbound">The entry of another's list that it comes from.</param>
public sealed record BlockForm(string Domain, string Scope, string Basis, string Reason, string ReviewDays, string OthersAnswer, string Inbound)
{
    public static BlockForm Empty { get; } = new("", nameof(BlockScope.Host), "", "", "30", "", "");

    public BlockScope? ScopeCode => Enum.TryParse<BlockScope>(Scope, out var scope) && Enum.IsDefined(scope) ? scope : null;

    public int? Days => int.TryParse(ReviewDays, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0 ? days : null;

    public InboundDomainId? InboundId => InboundDomainId.TryParse(Inbound, out var id) ? id : null;

    internal static BlockForm Of(IFormCollection form) => new(
        form["domain"].ToString(), form["scope"].ToString(), form["basis"].ToString(), form["reason"].ToString().Trim(), form["review"].ToString().Trim(),
        form["others"].ToString().Trim(), form["inbound"].ToString());
}
