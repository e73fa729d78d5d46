using Egida.Access;
using Egida.Platform.Web;

namespace Egida.Blocking.Appeals;

/// <summary>
/// What somebody sees instead of a blocked domain (Directive 2011/93/EU, article 25(2)): why, and how to object. It doesn't know which domain that was, and asks for it
/// nowhere: nobody here learns who wanted to see what.
/// </summary>
internal static class StopPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // Where a stop address sends everybody: it knows no language.
        routes.MapGet("/blocked", (Words words) => TypedResults.LocalRedirect($"/{words.Language}/blocked")).OpenToPublic().AnswerHead();
        var group = routes.MapPublic("/blocked");
        group.MapGet("", (BlockingTerms terms, TimeProvider clock) => Page.Of<StopPage>(new { Bases = terms.BasesOn(clock.GetUtcNow().UtcDateTime).ToList(), terms.AppealDecideWithinDays }));
        group.MapGet("/object", FileAppeal.Get);
        group.MapPost("/object", FileAppeal.Post);
    }
}
