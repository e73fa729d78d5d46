using Egida.Intake.Addresses;

namespace Egida.Blocking.Appeals;

/// <summary>An objection: everything typed so far.</summary>
public sealed record AppealForm(string Token, string Domain, string Party, string Details, string Mail)
{
    public AppealParty? PartyCode => Enum.TryParse<AppealParty>(Party, out var party) && Enum.IsDefined(party) ? party : null;

    internal static AppealForm Of(IFormCollection form) => new(
        form["token"].ToString(), EvidenceText.Keep(form["domain"].ToString()).Trim(), form["who"].ToString(),
        EvidenceText.Keep(form["details"].ToString()).ReplaceLineEndings("\n").Trim(), form["mail"].ToString().Trim());
}
