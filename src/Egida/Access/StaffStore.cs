using Egida.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Egida.Access;

/// <summary>Where Identity finds staff and passkeys. It changes them and never saves: only an action commits.</summary>
internal sealed class StaffStore
    : UserOnlyStore<StaffMember, EgidaDb, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, IdentityUserToken<Guid>, StaffPasskey>
{
    private readonly TimeProvider clock;

    public StaffStore(EgidaDb db, TimeProvider clock) : base(db) => (this.clock, AutoSaveChanges) = (clock, false);

    protected override StaffPasskey CreateUserPasskey(StaffMember user, UserPasskeyInfo passkey)
    {
        var made = base.CreateUserPasskey(user, passkey);
        (made.Id, made.AddedAt) = (Platform.Database.Id.New<PasskeyId>(clock), clock.GetUtcNow().UtcDateTime);
        return made;
    }

    /// <summary>Only what was changed is written: all columns would undo what somebody else did meanwhile, such as disabling this person.</summary>
    public override Task<IdentityResult> UpdateAsync(StaffMember user, CancellationToken cancellationToken = default)
    {
        user.ConcurrencyStamp = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        return Task.FromResult(IdentityResult.Success);
    }
}
