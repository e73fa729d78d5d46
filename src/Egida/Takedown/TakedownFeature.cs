using Egida.Access;
using Egida.Contacts.Desks;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Egida.Police;
using Egida.Routing;
using Egida.Takedown.Answers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Takedown;

/// <summary>Notices to providers, and the checks that follow.</summary>
public static class TakedownFeature
{
    public static IServiceCollection AddTakedown(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TakedownOptions>().Bind(configuration.GetSection("Takedown"))
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<TakedownOptions>, TakedownOptionsCheck>()
            .AddSingleton<OwnDomains>()
            .AddSingleton<NoticeLinks>()
            .AddSingleton<AnswerRates>()
            .AddScoped<LastLook>()
            .AddScoped<AnswerNotice>()
            .AddWork<SendNotice>(SendNotice.WorkKind)
            .AddWork<SendNoticeLetter>(SendNoticeLetter.WorkKind)
            .AddWork<CheckStillThere>(CheckStillThere.WorkKind)
            .AddWork<ReadAnswers>(ReadAnswers.WorkKind)
            .AddHostedService<StartReading>()
            .AddWork<OpenDispute>(OpenDispute.WorkKind)
            .OnEvent<NoticeAnswered>((e, _) => e.Kind == NoticeAnswerKind.Disputed ? [new NewWork(OpenDispute.WorkKind, e.AnswerId.Value)] : [])
            .AddNavigation(80, "Takedown", "/staff/takedown", Right.SeeNotices)
            .AddDuty(42, "NoticeAnswers", "/staff/takedown", Right.ReadNoticeAnswer, (db, _, _, cancellation) => NoteAnswer.Unread(db).CountAsync(cancellation))
            .AddItemSection<TakedownSection>(80, Right.SeeNotices)
            .OnEvent<ItemRouted>((e, _) => e.Acts.Any(a => a.Kind == ActKind.Provider) ? [new NewWork(SendNotice.WorkKind, e.ItemId.Value)] : [])
            .OnEvent<AbuseDeskDecided>((e, _) => e.Waited.Select(item => new NewWork(SendNotice.WorkKind, item.Value)))
            .OnEvent<PoliceNotified>(e => new NewWork(SendNotice.WorkKind, e.ItemId.Value));
    }

    public static IEndpointRouteBuilder MapTakedown(this IEndpointRouteBuilder routes)
    {
        ListNotices.Map(routes);
        NoticePage.Map(routes);
        return routes;
    }

    private sealed class TakedownOptionsCheck : IValidateOptions<TakedownOptions>
    {
        public ValidateOptionsResult Validate(string? name, TakedownOptions options) =>
            options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
