using Egida.Intake.Addresses;
using Egida.Intake.Form;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Takedown;

/// <summary>A provider says on a letter's page how it would like to be told from now on. The last wish of a desk counts.</summary>
internal static class WishChannel
{
    public static readonly ActionKind Kind = new("takedown.wish-channel");

    public static async Task<IResult> Post(
        string link, HttpContext context, EgidaDb db, ActionBook actions, NoticeLinks links, AnswerRates rates, FormTokens tokens, Words words, CancellationToken cancellation)
    {
        var (rows, refused) = await NoticePage.Open(link, context, db, links, rates, cancellation);
        if (refused is not null)
        {
            return refused;
        }

        var form = await context.Request.ReadFormAsync(cancellation);
        var (typed, detail) = (form["channel"].ToString(), EvidenceText.Keep(form["detail"].ToString()).Trim());
        var channel = Enum.GetValues<NoticeChannel>().Cast<NoticeChannel?>().FirstOrDefault(c => c.ToString() == typed);
        var problem = channel is null ? ("channel", "notice.problem.channel")
            : detail.Length > DeskWish.LongestDetail || (detail.Length == 0 && channel is not NoticeChannel.Mail) ? ("detail", "notice.problem.detail")
            : ((string Field, string Text)?)null;
        if (problem is { } wrong)
        {
            FormError[] errors = [new(wrong.Field, words[wrong.Text])];
            return Page.Of<NoticeAnswerPage>(
                new { Link = link, Rows = rows, Form = NoticePage.Blank(tokens, rows), Errors = (IReadOnlyList<FormError>)errors, Wish = typed, WishDetail = detail },
                StatusCodes.Status422UnprocessableEntity);
        }

        var letter = rows[0].Notice;
        var action = actions.Begin(Kind, AnswerNotice.Provider, letter.LetterId.Subject);
        var wish = await db.Set<DeskWish>().FirstOrDefaultAsync(w => w.Recipient == letter.Recipient, cancellation);
        if (wish is null)
        {
            wish = new DeskWish { Recipient = letter.Recipient };
            db.Add(wish);
        }

        (wish.Channel, wish.Detail, wish.At) = (channel!.Value, detail.Length > 0 ? detail : null, action.Now);
        await action.Commit(cancellation);
        return TypedResults.LocalRedirect($"/{words.Language}/notice/{link}?wished=true");
    }
}
