using Egida.Access;
using Egida.Platform.Actions;

namespace Egida.HashBank.Lists;

public sealed record ListKeyReplaced(int Key, StaffId ReplacedBy) : DomainEvent;

/// <summary>A new key signs lists from now on, and the one before it too until every partner has the new one.</summary>
internal sealed class ReplaceListKey(ActionBook actions, ListKeys keys)
{
    public static readonly ActionKind Kind = new("hash-bank.replace-list-key");

    public async Task Handle(StaffId by, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.Of(by), "hash-bank:lists");
        await action.TakeTurn(cancellation);
        var key = await keys.Replace(action, cancellation);
        action.Emit(new ListKeyReplaced(key.Id, by));
        await action.Commit(cancellation);
    }

    internal static async Task<IResult> Post(CurrentStaff staff, ReplaceListKey replace, CancellationToken cancellation)
    {
        await replace.Handle(staff.Id, cancellation);
        return TypedResults.LocalRedirect("/staff/hash-bank/lists#keys");
    }
}
