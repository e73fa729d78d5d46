using System.Text;
using Egida.Evidence;
using Egida.Evidence.Destruction;
using Egida.Evidence.Sealing;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Evidence;

public sealed class SealedStoreTests
{
    [Theory, OnBothDatabases]
    public async Task Only_an_action_that_says_it_looks_at_material_can_open(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await Sealed(bench);

        await bench.App.InScope(async (IServiceProvider services) =>
        {
            var action = services.GetRequiredService<ActionBook>().Begin(Sample.Kind, Actor.System("test"), "test:1");
            await Assert.ThrowsAsync<InvalidOperationException>(() => services.GetRequiredService<SealedStore>().Open(action, id, "test", CancellationToken.None));
        });
    }

    [Theory, OnBothDatabases]
    public async Task What_is_made_here_is_sealed_opened_and_has_a_chain(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await Sealed(bench);

        Assert.Equal("a preview", Encoding.UTF8.GetString(await bench.Open(id)));
        await bench.Open(id);

        var chain = await bench.App.Read(db => db.Set<CustodyEvent>().Where(e => e.EvidenceId == id).OrderBy(e => e.Seq).ToListAsync());
        Assert.Equal([CustodyAct.Hashed, CustodyAct.Sealed, CustodyAct.Opened, CustodyAct.Opened], chain.Select(e => e.Act));
        Assert.Null(CustodyChain.FirstBroken(chain));
        var facts = await bench.App.Read(db => db.Set<EventEntry>().Where(e => e.Type == nameof(EvidenceTouched)).OrderBy(e => e.Id).ToListAsync());
        Assert.Contains(Convert.ToHexStringLower(chain[^1].Hash), facts[^1].Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_with_a_dropped_changed_or_swapped_link_is_found_broken()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        var id = await Sealed(bench);
        await bench.Open(id);
        await bench.Open(id);
        var chain = await bench.App.Read(db => db.Set<CustodyEvent>().AsNoTracking().Where(e => e.EvidenceId == id).OrderBy(e => e.Seq).ToListAsync());

        Assert.Equal(1, CustodyChain.FirstBroken([chain[0], .. chain[2..]]));
        Assert.Equal(0, CustodyChain.FirstBroken(chain[1..]));
        Assert.Equal(1, CustodyChain.FirstBroken([chain[0], chain[2], chain[1], chain[3]]));
        Assert.Equal(2, CustodyChain.FirstBroken([chain[0], chain[1], WithActor(chain[2], "staff:somebody-else"), chain[3]]));
    }

    [Fact]
    public async Task A_sealed_file_that_was_changed_or_is_gone_does_not_open()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        var id = await Sealed(bench);
        var file = Directory.GetFiles(Path.Combine(bench.App.Folder, "sealed"), "*.sealed", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[40] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        await Assert.ThrowsAsync<SealBrokenException>(() => bench.Open(id));

        File.Delete(file);
        await Assert.ThrowsAsync<SealBrokenException>(() => bench.Open(id));
        Assert.Empty(await bench.App.Read(db => db.Set<CustodyEvent>().Where(e => e.Act == CustodyAct.Opened).ToListAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task Destroying_takes_the_case_key_and_leaves_who_and_why(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var item = await bench.Report(bench.World.WalkPage);
        await bench.Capture();
        var objects = await bench.Objects(item);

        Assert.Equal(new DestroyEvidence.Outcome.Destroyed(5), await Destroy("kept long enough"));
        Assert.IsType<DestroyEvidence.Outcome.NothingKept>(await Destroy("again"));

        Assert.Empty(Directory.GetFiles(Path.Combine(bench.App.Folder, "sealed"), "*.sealed", SearchOption.AllDirectories));
        foreach (var one in objects)
        {
            await Assert.ThrowsAsync<SealBrokenException>(() => bench.Open(one.Id));
            var last = await bench.App.Read(db => db.Set<CustodyEvent>().Where(e => e.EvidenceId == one.Id).OrderByDescending(e => e.Seq).FirstAsync());
            Assert.Equal(CustodyAct.Destroyed, last.Act);
        }

        Assert.Null((await bench.App.Read(db => db.Set<CaseKey>().AsNoTracking().SingleAsync())).Wrapped);

        Task<DestroyEvidence.Outcome> Destroy(string reason) => bench.App.InScope((DestroyEvidence destroy) =>
            destroy.Destroy(Proposal(item, reason), new StaffId(Guid.NewGuid()), CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_is_destroyed_without_a_reason()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        var item = await bench.Report(bench.World.WalkPage);
        await bench.Capture();

        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.App.InScope((DestroyEvidence destroy) =>
            destroy.Destroy(Proposal(item, " "), new StaffId(Guid.NewGuid()), CancellationToken.None)));
        Assert.NotEmpty(await bench.Open((await bench.Objects(item))[0].Id));
    }

    private static EvidenceDestruction Proposal(ItemId item, string reason) => new()
    {
        Id = new EvidenceDestructionId(Guid.NewGuid()),
        ItemId = item,
        ProposedBy = new StaffId(Guid.NewGuid()),
        ProposedAt = DateTime.UnixEpoch,
        Reason = reason,
    };

    private static async Task<EvidenceId> Sealed(CaptureBench bench)
    {
        var item = await bench.Report("http://galeria.example/");
        EvidenceId id = default;
        await bench.App.InScope(async (IServiceProvider services) =>
        {
            var action = services.GetRequiredService<ActionBook>().Begin(Sample.Kind, Actor.System("test"), item.Subject);
            var content = Encoding.UTF8.GetBytes("a preview");
            id = await services.GetRequiredService<SealedStore>().Seal(action, item, EvidenceKind.Derived, content, "text/plain", new EvidenceId(item.Value), CancellationToken.None);
            await action.Commit(CancellationToken.None);
        });
        return id;
    }

    private static CustodyEvent WithActor(CustodyEvent link, string actor) => new()
    {
        EvidenceId = link.EvidenceId,
        Seq = link.Seq,
        Act = link.Act,
        Actor = actor,
        Action = link.Action,
        Purpose = link.Purpose,
        Tool = link.Tool,
        Workstation = link.Workstation,
        At = link.At,
        ContentSha256 = link.ContentSha256,
        SealedSha256 = link.SealedSha256,
        PreviousHash = link.PreviousHash,
        Hash = link.Hash,
    };
}
