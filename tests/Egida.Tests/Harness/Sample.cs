using Egida.Platform.Actions;

namespace Egida.Tests.Harness;

/// <summary>An action and an event that mean nothing, for the tests of the machinery itself.</summary>
internal static class Sample
{
    public static readonly ActionKind Kind = new("sample.try-something");

    public static readonly ActionKind KindWithReason = new("sample.try-with-reason") { ReasonRequired = true };

    public static Task Act(this EgidaHost host, string subject = "sample:1", string? reason = null, Action<ActionContext>? with = null) =>
        host.InScope(async (ActionBook actions) =>
        {
            var action = actions.Begin(Kind, Actor.System("test"), subject, reason);
            with?.Invoke(action);
            await action.Commit(CancellationToken.None);
        });
}

internal sealed record SampleHappened(int Number) : DomainEvent;
