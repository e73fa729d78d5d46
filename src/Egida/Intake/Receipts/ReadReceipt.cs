using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.Intake.Receipts;

/// <summary>What a reporter may learn about one place: true, and no more than may be said.</summary>
public enum ReceiptAnswer
{
    InWork,
    WithPerson,

    /// <summary>It was gone when it was closed; a new report brought it back.</summary>
    Again,
    Removed,
    NotIllegal,
    NothingThere,
    HandedToSisterHotline,
    ByPerson,
}

/// <summary>Somebody comes back with a receipt code and reads what became of their report. No cookie, and the code is in no address.</summary>
public static partial class ReadReceipt
{
    public sealed record Place(int Line, ReceiptAnswer Answer, DateTime FiledAt, DateTime? ClosedAt, IReadOnlyList<RoadStep> Road);

    /// <summary>
    /// The outcome is told from the moment on when whoever closed the item let the reporter be answered; before, only that work goes on. That
    /// nobody is there to hand it to is known only of what is illegal, so it isn't told either.
    /// </summary>
    public static Place Decide(Report report, Item item, IReadOnlyList<RoadStop> stops)
    {
        var answered = item.Closure is not null && item.LastStation >= Station.Answered;
        var answer = !answered
            ? item.PersonNeeded switch
            {
                null or PersonNeeded.NoRoute or PersonNeeded.PoliceNotTold or PersonNeeded.HandOverUnclear => ReceiptAnswer.InWork,
                PersonNeeded.ReportedAgain => ReceiptAnswer.Again,
                _ => ReceiptAnswer.WithPerson,
            }
            : item.Closure switch
            {
                ItemClosure.Removed => ReceiptAnswer.Removed,
                ItemClosure.NotIllegal => ReceiptAnswer.NotIllegal,
                ItemClosure.NothingThere => ReceiptAnswer.NothingThere,
                ItemClosure.HandedToSisterHotline => ReceiptAnswer.HandedToSisterHotline,
                ItemClosure.ByPerson or null => ReceiptAnswer.ByPerson,
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        var road = answered ? RoadSteps.PlainOf(RoadSteps.Of(item, stops)) : RoadSteps.PlainBeforeAnswer(answer is not ReceiptAnswer.InWork);
        return new Place(report.Line, answer, report.FiledAt, answered ? item.ClosedAt : null, road);
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapPublic("/receipt");
        group.MapGet("", () => Page.Of<EnterReceiptPage>());
        group.MapPost("", Handle);
        group.MapPost("/save", Save);
    }

    private static async Task<IResult> Handle(
        HttpRequest request, EgidaDb db, Words words, IEnumerable<OtherReceipts> others, ILoggerFactory logs, CancellationToken cancellation)
    {
        var typed = (await request.ReadFormAsync(cancellation))["code"].ToString();
        var reading = ReceiptCode.Read(typed);
        if (reading is not ReceiptReading.Good { Code: var code })
        {
            var problem = reading switch
            {
                ReceiptReading.WrongLength { Digits: 0 } => words["receipt.problem.empty"],
                ReceiptReading.WrongLength wrong => words.Of("receipt.problem.length", wrong.Digits),
                _ => words["receipt.problem.typo"],
            };
            IntakeFigures.ReceiptLook("mistyped");
            return Again(typed, problem, StatusCodes.Status422UnprocessableEntity);
        }

        var places = await Load(db, code, cancellation);
        var answer = places.Count > 0 ? Page.Of<ReceiptPage>(new { Places = places }) : await Elsewhere(others, db, code, cancellation);
        IntakeFigures.ReceiptLook(answer is not null ? "found" : "unknown");
        if (answer is not null)
        {
            return answer;
        }

        LogUnknown(logs.CreateLogger(typeof(ReadReceipt)));
        return Again(typed, words["receipt.problem.unknown"], StatusCodes.Status404NotFound);
    }

    private static async Task<IResult?> Elsewhere(IEnumerable<OtherReceipts> others, EgidaDb db, ReceiptCode code, CancellationToken cancellation)
    {
        foreach (var other in others)
        {
            if (await other.Find(db, code.Hash, cancellation) is { } page)
            {
                return page;
            }
        }

        return null;
    }

    private static async Task<IReadOnlyList<Place>> Load(EgidaDb db, ReceiptCode code, CancellationToken cancellation)
    {
        var rows = await (
            from report in db.Set<Report>().AsNoTracking()
            join item in db.Set<Item>().AsNoTracking() on report.ItemId equals item.Id
            where report.ReceiptHash == code.Hash
            orderby report.Line
            select new { report, item }).ToListAsync(cancellation);
        var items = rows.Select(r => r.item.Id).ToList();
        var stops = await db.Set<RoadStop>().AsNoTracking().Where(s => items.Contains(s.ItemId)).ToListAsync(cancellation);
        return [.. rows.Select(r => Decide(r.report, r.item, [.. stops.Where(s => s.ItemId == r.item.Id)]))];
    }

    private static RazorComponentResult Again(string typed, string problem, int status) =>
        Page.Of<EnterReceiptPage>(new { Typed = typed.Length <= 400 ? typed : typed[..400], Errors = new[] { new FormError("code", problem) } }, status);

    /// <summary>The code as a small text file. Nothing is looked up: what is no code can't be saved as one.</summary>
    private static async Task<IResult> Save(HttpRequest request, Words words, Institution institution, CancellationToken cancellation)
    {
        if (ReceiptCode.Read((await request.ReadFormAsync(cancellation))["code"].ToString()) is not ReceiptReading.Good { Code: var code })
        {
            return TypedResults.LocalRedirect($"/{words.Language}/receipt");
        }

        var where = $"{request.Scheme}://{request.Host}/{words.Language}/receipt";
        string[] lines =
        [
            institution.Name[words.Language], "", words["receipt.file.title"] + ":", "",
            string.Join(' ', code.Groups.Take(5)), string.Join(' ', code.Groups.Skip(5)), "",
            words.Of("receipt.file.how", where), words["receipt.file.keep"], "",
        ];
        return TypedResults.File(System.Text.Encoding.UTF8.GetBytes(string.Join("\r\n", lines)), "text/plain; charset=utf-8", "kod-code.txt");
    }

    [LoggerMessage(2002, LogLevel.Information, "A receipt code that doesn't exist was entered")]
    private static partial void LogUnknown(ILogger logger);
}
