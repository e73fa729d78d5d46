using Egida.Blocking;
using Egida.Blocking.Appeals;
using Egida.Blocking.Inbound;
using Egida.Blocking.Publishing;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Takedown;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.BrowserTests;

/// <summary>A domain that waits for a second person, an objection to another one, an operator, and a hint of another's list.</summary>
internal sealed record BlockSamples(BlockedDomainId Proposed, BlockAppealId Appeal)
{
    private static readonly ActionKind Arrange = new("test.blocking-samples");

    public static async Task<BlockSamples> Make(EgidaHost host, StaffId first)
    {
        var second = await host.AddStaff(Access.Role.Quality);
        var proposed = await Propose(host, first, "zdjęcia-z-wakacji.example", BlockScope.Host);
        var decided = await Propose(host, first, "pictures.example", BlockScope.Domain);
        await host.InScope((DecideBlock decide) => decide.Handle(decided, second, CancellationToken.None));
        await host.InScope((OpenSubscription open) => open.Handle(null, "Network of the north", second, CancellationToken.None));
        await host.InScope((ImportDomains import) => import.Handle("Hotline of the south", "a-domain-that-others-name.example", first, CancellationToken.None));
        var (appeal, _) = await host.InScope((FileAppeal file) => file.Handle(
            new AppealForm("", "www.pictures.example", nameof(AppealParty.Tenant), "I have a page about gardens there.", ""), "en", [1, 2, 3], CancellationToken.None));
        return new BlockSamples(proposed, appeal.Id);
    }

    private static async Task<BlockedDomainId> Propose(EgidaHost host, StaffId by, string domain, BlockScope scope)
    {
        var name = DomainName.Read(domain).Name!;
        var id = await host.OpenItem(name, Station.Followed);
        await host.InScope(async (ActionBook actions) =>
        {
            var action = actions.Begin(Arrange, Actor.System("test"), id.Subject);
            (await action.Db.Set<Item>().SingleAsync(i => i.Id == id)).Outcome = ItemOutcome.Illegal;
            var (notice, at) = (Id.New<NoticeId>(action.Clock), action.Now.AddDays(-4));
            var letter = Id.New<NoticeLetterId>(action.Clock);
            action.Db.Add(new NoticeLetter { Id = letter, Recipient = "abuse@provider.example", IsReminder = false, CreatedAt = at, DueAt = at, ClosedAt = at, SentAt = at });
            action.Db.Add(new Notice
            {
                Id = notice,
                Chain = notice,
                ItemId = id,
                LetterId = letter,
                Ordinal = 0,
                Reminder = 0,
                Number = $"EG-N-{notice}"[..20],
                CreatedAt = at,
                Recipient = "abuse@provider.example",
                Classification = "B1",
                SentAt = at,
            });
            await action.Commit(CancellationToken.None);
        });
        var form = BlockForm.Empty with { Domain = name, Scope = scope.ToString(), Basis = "agreement", Reason = "Two notices to the provider, no answer; the registrar doesn't answer either." };
        return ((ProposeBlock.Outcome.Proposed)await host.InScope((ProposeBlock propose) => propose.Handle(form, by, CancellationToken.None))).Id;
    }
}
