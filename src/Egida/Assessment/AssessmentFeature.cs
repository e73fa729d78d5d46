using Egida.Access;
using Egida.Intake;
using Egida.Platform;
using Egida.Platform.Web;

namespace Egida.Assessment;

/// <summary>Neutral labels, the country's law, blind second reading, differences.</summary>
public static class AssessmentFeature
{
    public static IServiceCollection AddAssessment(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(provider => LabelScheme.From(provider.GetRequiredService<CountryFolder>()))
        .AddSingleton(provider => Law.From(provider.GetRequiredService<CountryFolder>(), provider.GetRequiredService<LabelScheme>()))
        .AddSingleton(provider => provider.GetRequiredService<LabelScheme>().Names())
        .AddSingleton(provider => FreshLabelsOfTheCountry.Of(provider.GetRequiredService<LabelScheme>(), provider.GetRequiredService<Law>()))
        .AddSingleton(FreshLabelsOfTheCountry.Readers)
        .AddSingleton(SealedMaterialOfRecords.Material)
        .AddSingleton<RevealPass>()
        .AddScoped<RecordAssessment>()
        .AddScoped<ShowMaterial>()
        .AddScoped<ShowDisputed>()
        .AddNavigation(50, "Assessment", "/staff/assessment", Right.AssessItem)
        .AddItemSection<AssessmentSection>(50, Right.SeeItems);

    public static IEndpointRouteBuilder MapAssessment(this IEndpointRouteBuilder routes)
    {
        var assessment = routes.MapStaff("/assessment");
        assessment.MapGet("", ShowDesk.Get).RequireRight(Right.AssessItem);
        assessment.MapGet("/{itemId}", AssessItem.Get).RequireRight(Right.AssessItem);
        assessment.MapPost("/{itemId}", AssessItem.Post).RequireRight(Right.AssessItem);
        assessment.MapGet("/{itemId}/blurred/{evidenceId}", ShowMaterial.GetBlurred).RequireRight(Right.RevealMaterial);
        assessment.MapPost("/{itemId}/reveal/{evidenceId}", AssessItem.Reveal).RequireRight(Right.RevealMaterial);
        assessment.MapPost("/{itemId}/hide", AssessItem.Hide).RequireRight(Right.AssessItem);
        assessment.MapGet("/{itemId}/picture/{evidenceId}", ShowMaterial.GetPicture).RequireRight(Right.RevealMaterial);
        var disputed = assessment.MapGroup("/disputes/{disputeId}");
        disputed.MapPost("/look", ShowDisputed.PostLook).RequireRight(Right.RevealDisputed);
        disputed.MapPost("/reveal", ShowDisputed.PostReveal).RequireRight(Right.RevealDisputed);
        disputed.MapPost("/hide", ShowDisputed.PostHide).RequireRight(Right.RevealDisputed);
        disputed.MapGet("/blurred", ShowDisputed.GetBlurred).RequireRight(Right.RevealDisputed);
        disputed.MapGet("/picture", ShowDisputed.GetPicture).RequireRight(Right.RevealDisputed);
        return routes;
    }
}
