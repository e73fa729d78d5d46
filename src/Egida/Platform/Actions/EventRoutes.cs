using Egida.Platform.Work;

namespace Egida.Platform.Actions;

/// <summary>
/// What a fact sets in motion. The feature that listens registers here, so the one that emits needn't know it;
/// the work is written in the same transaction as the event.
/// </summary>
public sealed class EventRoutes(IEnumerable<EventRoute> routes)
{
    private readonly ILookup<Type, EventRoute> byType = routes.ToLookup(r => r.EventType);

    public IEnumerable<NewWork> WorkFor(DomainEvent fact, DateTime now) => byType[fact.GetType()].SelectMany(r => r.Work(fact, now));
}

public sealed record EventRoute(Type EventType, Func<DomainEvent, DateTime, IEnumerable<NewWork>> Work);

public static class EventRouteRegistration
{
    public static IServiceCollection OnEvent<TEvent>(this IServiceCollection services, Func<TEvent, DateTime, IEnumerable<NewWork>> work)
        where TEvent : DomainEvent =>
        services.AddSingleton(new EventRoute(typeof(TEvent), (fact, now) => work((TEvent)fact, now)));

    /// <summary>The usual case: one piece of work, due at once.</summary>
    public static IServiceCollection OnEvent<TEvent>(this IServiceCollection services, Func<TEvent, NewWork> work) where TEvent : DomainEvent =>
        services.OnEvent<TEvent>((fact, _) => [work(fact)]);
}
