using Egida.Access;

namespace Egida.Intake;

/// <summary>
/// A part of the staff's page about one item, contributed by the feature that owns the facts: a component with a parameter
/// <c>ItemId ItemId</c> (and, if it wants, <c>CurrentStaff Staff</c>), shown to whoever holds the right.
/// </summary>
/// <param name="Order">Station number × 10 of the road.</param>
public sealed record ItemSection(int Order, Type Component, Right Right);

public static class ItemSectionRegistration
{
    public static IServiceCollection AddItemSection<TComponent>(this IServiceCollection services, int order, Right right) =>
        services.AddSingleton(new ItemSection(order, typeof(TComponent), right));
}
