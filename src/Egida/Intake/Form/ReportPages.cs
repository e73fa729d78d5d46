using System.Data.Common;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.Intake.Form;

/// <summary>
/// The public form: where, what, more, check, sent. Every page is the answer to a POST to one address, so that no answer is ever in an
/// address, a cookie or a session. Whatever is wrong, the page comes back with all that was typed.
/// </summary>
internal static partial class ReportPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapPublic("/report");
        group.MapGet("", (FormTokens tokens) => Show(ReportStep.Where, new ReportForm { Token = tokens.Issue() }));
        group.MapPost("", Answer);
    }

    private static async Task<IResult> Answer(HttpRequest request, FormTokens tokens, FileReport file, Words words, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellation)
    {
        var form = await ReportForm.Read(request, cancellation);
        var reading = tokens.Read(form.Token);
        if (reading is not FormTokenReading.Good { Nonce: var nonce })
        {
            ReportNotice? notice = reading is FormTokenReading.Expired ? ReportNotice.Expired : form.Token.Length == 0 ? null : ReportNotice.Forged;
            IntakeFigures.FormRefused(notice?.ToString() ?? "no-token");
            return Show(form.To ?? form.At, form with { Token = tokens.Issue() }, words, notice: notice);
        }

        if (form.To is { } wanted)
        {
            return Show(wanted, form with { Returning = form.At == ReportStep.Check || form.Returning }, words);
        }

        if (form.At != ReportStep.Check)
        {
            return Next(form, words);
        }

        try
        {
            return await file.Handle(form.ForFiling(words.Language, nonce, clock.GetUtcNow().UtcDateTime), nonce, cancellation) switch
            {
                FileReport.Outcome.Filed filed => Page.Of<SentPage>(new { filed.Receipt, What = filed.What, filed.Before }),
                FileReport.Outcome.Refused refused => Wrong(ReportForm.StepOf(refused.Problems[0]), form with { Returning = true }, words),
                FileReport.Outcome.ChangedAfterSending => Show(ReportStep.Check, form with { Token = tokens.Issue() }, words, notice: ReportNotice.Changed),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (Exception e) when (e is DbException or DbUpdateException)
        {
            // The reporter keeps the form; the same token makes sure that a second sending doubles nothing.
            LogNotStored(logs.CreateLogger(typeof(ReportPages)), e.GetType().Name);
            return Show(ReportStep.Check, form, words, notice: ReportNotice.NotStored, status: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static RazorComponentResult Next(ReportForm form, Words words) =>
        form.ProblemsOf(form.At).Any() ? Wrong(form.At, form, words)
        : form.Returning ? Show(ReportStep.Check, form with { Returning = false }, words)
        : Show(form.At + 1, form, words);

    private static RazorComponentResult Wrong(ReportStep step, ReportForm form, Words words) =>
        Show(step, form, words, [.. form.ProblemsOf(step).Select(p => ErrorOf(p, form, words))], status: StatusCodes.Status422UnprocessableEntity);

    private static RazorComponentResult Show(
        ReportStep step, ReportForm form, Words? words = null, IReadOnlyList<FormError>? errors = null, ReportNotice? notice = null, int status = StatusCodes.Status200OK)
    {
        // Nobody reaches the check page past a page that is wrong.
        if (step == ReportStep.Check && words is not null
            && Enum.GetValues<ReportStep>().Cast<ReportStep?>().FirstOrDefault(s => form.ProblemsOf(s!.Value).Any()) is { } wrong)
        {
            return Show(wrong, form with { Returning = true }, words, [.. form.ProblemsOf(wrong).Select(p => ErrorOf(p, form, words))], notice, StatusCodes.Status422UnprocessableEntity);
        }

        var parameters = new { Form = form with { At = step, To = null }, Errors = errors ?? [], Notice = notice };
        return step switch
        {
            ReportStep.Where => Page.Of<WherePage>(parameters, status),
            ReportStep.What => Page.Of<WhatPage>(parameters, status),
            ReportStep.More => Page.Of<MorePage>(parameters, status),
            ReportStep.Check => Page.Of<CheckPage>(parameters, status),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static FormError ErrorOf(FileReport.Problem problem, ReportForm form, Words words) => problem switch
    {
        FileReport.Problem.AddressesMissing => new("addresses", words["report.problem.addresses-missing"]),
        FileReport.Problem.AddressesTooLong => new("addresses", words.Of("report.problem.addresses-too-long", FileReport.MaxAddressText)),
        FileReport.Problem.ConcernMissing => new("concern", words["report.problem.concern-missing"]),
        FileReport.Problem.DetailsTooLong => new("details", words.Of("report.problem.details-too-long", FileReport.MaxDetails, form.Details.Length)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    [LoggerMessage(2001, LogLevel.Error, "A report could not be stored ({Error}); the reporter was asked to send it again")]
    private static partial void LogNotStored(ILogger logger, string error);
}
