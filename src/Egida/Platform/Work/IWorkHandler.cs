namespace Egida.Platform.Work;

/// <summary>
/// One kind of duty. A handler may be run again after any crash: everything it writes goes through one action that
/// <see cref="Actions.ActionContext.Completes"/> the work, so the effect happens once; what happens outside (a mail) must carry its own identity.
/// </summary>
public interface IWorkHandler
{
    Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation);
}

public abstract record WorkOutcome
{
    private WorkOutcome()
    {
    }

    /// <summary>The handler's action committed and completed the work (or nothing was left to do, and the loop closes it).</summary>
    public sealed record Done : WorkOutcome;

    /// <summary>Something outside failed: again later, each time after a longer pause. The problem is a code and a short text without addresses.</summary>
    public sealed record TryAgain(string Problem) : WorkOutcome;

    /// <summary>Not yet time, or somebody else was quicker: no failure, and not counted as one.</summary>
    public sealed record Later(TimeSpan After, string? Because = null) : WorkOutcome;

    /// <summary>Trying again can't help: the operator must look.</summary>
    public sealed record Park(string Problem) : WorkOutcome;
}

public sealed record WorkRegistration(string Kind, Type Handler);

public static class WorkRegistrationExtensions
{
    public static IServiceCollection AddWork<THandler>(this IServiceCollection services, string kind) where THandler : class, IWorkHandler
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new WorkRegistration(kind, typeof(THandler)));
    }
}
