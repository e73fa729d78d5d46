using Egida.Access;

namespace Egida.Intake;

/// <summary>
/// The one act that an item waits for, contributed by the feature whose turn it is: a component with a parameter <c>ItemId ItemId</c> that draws
/// one form with one button. Of those that apply and that the person may do, the page shows the first.
/// </summary>
public sealed record NextAct(int Order, Type Component, Right Right, Func<Item, bool> Applies);

public static class NextActRegistration
{
    public static IServiceCollection AddNextAct<TComponent>(this IServiceCollection services, int order, Right right, Func<Item, bool> applies) =>
        services.AddSingleton(new NextAct(order, typeof(TComponent), right, applies));
}
