using Egida.Intake.Addresses;

namespace Egida.Intake.Form;

/// <summary>The form's pages, in their order.</summary>
public enum ReportStep
{
    Where,
    What,
    More,
    Check,
}

/// <summary>Why the form came back although nothing typed is wrong.</summary>
public enum ReportNotice
{
    Expired,
    Forged,
    Changed,
    NotStored,
}

/// <summary>Everything typed so far. It travels in hidden fields from page to page; nothing is kept here until the form is sent.</summary>
public sealed record ReportForm
{
    // Percent-encoded, a page of addresses is three times as long as what was typed.
    private static readonly Microsoft.AspNetCore.Http.Features.FormOptions Limits = new() { ValueLengthLimit = 500 * 1024, ValueCountLimit = 20 };

    public string Token { get; init; } = "";

    public string Addresses { get; init; } = "";

    public ReportedConcern? Concern { get; init; }

    public string Details { get; init; } = "";

    /// <summary>A field that people don't see.</summary>
    public string Website { get; init; } = "";

    /// <summary>The page that was sent.</summary>
    public ReportStep At { get; init; }

    /// <summary>A change or back button: the page that is wanted instead of the next.</summary>
    public ReportStep? To { get; init; }

    /// <summary>Came from the check page to change one answer, and goes back there.</summary>
    public bool Returning { get; init; }

    public static async Task<ReportForm> Read(HttpRequest request, CancellationToken cancellation)
    {
        var form = await request.ReadFormAsync(Limits, cancellation);
        return new ReportForm
        {
            Token = Text("token"),
            Addresses = Text("addresses"),
            Concern = Code<ReportedConcern>("concern"),
            Details = Text("details"),
            Website = Text("website"),
            At = Code<ReportStep>("at") ?? ReportStep.Where,
            To = Code<ReportStep>("to"),
            Returning = Text("returning") == "yes",
        };

        string Text(string name) => EvidenceText.Keep(form[name].ToString()).ReplaceLineEndings("\n");
        TEnum? Code<TEnum>(string name) where TEnum : struct, Enum => Enum.TryParse<TEnum>(Text(name), out var value) && Enum.IsDefined(value) ? value : null;
    }

    internal FileReport.Form ForFiling(string language, FormNonce nonce, DateTime now) =>
        new(Addresses, Concern, Details, language, Website.Length > 0 ? ReportDoubt.HiddenFieldFilled : TooFast(nonce, now) ? ReportDoubt.FilledTooFast : null);

    /// <summary>What is wrong on one page of the form.</summary>
    public IEnumerable<FileReport.Problem> ProblemsOf(ReportStep step) =>
        FileReport.Decide(new(Addresses, Concern, Details, "", Doubt: null)) is FileReport.Decision.Refused refused
            ? refused.Problems.Where(p => StepOf(p) == step)
            : [];

    public static ReportStep StepOf(FileReport.Problem problem) => problem switch
    {
        FileReport.Problem.AddressesMissing or FileReport.Problem.AddressesTooLong => ReportStep.Where,
        FileReport.Problem.ConcernMissing => ReportStep.What,
        FileReport.Problem.DetailsTooLong => ReportStep.More,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // Nobody reads and answers four pages in three seconds.
    private static bool TooFast(FormNonce nonce, DateTime now) => now - nonce.IssuedAt < TimeSpan.FromSeconds(3);
}
