using System.Security.Cryptography;
using System.Text;
using Egida.Evidence;
using Egida.HashBank;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Sandboxing;
using Egida.Platform.Work;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Matching;

/// <summary>Sealed media without a network, recognised by the real sandbox.</summary>
internal static class Recognised
{
    private static readonly ActionKind Sealing = new("test.seal");

    private static readonly ActionKind Looking = new("test.look") { LooksAtMaterial = true };

    /// <summary>An item whose media lie sealed, as capture leaves it; recognition is ordered by its event.</summary>
    public static async Task<ItemId> Captured(this EgidaHost host, params byte[][] media)
    {
        var id = Id.New<ItemId>(host.Clock);
        await host.Act(id, action => action.Db.Add(new Item
        {
            Id = id,
            AddressKey = SHA256.HashData(Encoding.UTF8.GetBytes(id.ToString())),
            Address = new ReportedAddress("http://galeria.example/album"),
            AsTyped = new ReportedAddress("http://galeria.example/album"),
            OpenedAt = host.Clock.Now,
        }));
        var store = host.Services.GetRequiredService<SealedStore>();
        foreach (var content in media)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await host.Act(id, action => store.Seal(action, id, EvidenceKind.Media, content, "image/png", null, CancellationToken.None));
        }

        await host.Act(id, action => action.Emit(new ItemCaptured(id, media.Length, 0)));
        return id;
    }

    private static Task Act(this EgidaHost host, ItemId item, Action<ActionContext> with) => host.Act(item, action =>
    {
        with(action);
        return Task.CompletedTask;
    });

    private static Task Act(this EgidaHost host, ItemId item, Func<ActionContext, Task> with) => host.InScope(async (ActionBook actions) =>
    {
        var action = actions.Begin(Sealing, Actor.System("test"), item.Subject);
        await with(action);
        await action.Commit(CancellationToken.None);
    });

    public static Task<List<MediaFinding>> Findings(this EgidaHost host, ItemId item) =>
        host.Read(db => db.Set<MediaFinding>().AsNoTracking().Where(f => f.ItemId == item).OrderBy(f => f.Number).ToListAsync());

    public static Task<Item> Item(this EgidaHost host, ItemId id) => host.Read(db => db.Set<Item>().AsNoTracking().SingleAsync(i => i.Id == id));

    public static Task<WorkItem> RecognitionOf(this EgidaHost host, ItemId item) =>
        host.Read(db => db.Set<WorkItem>().AsNoTracking().SingleAsync(w => w.Kind == RecogniseItem.Work && w.SubjectId == item.Value));

    public static async Task<byte[]> Content(this EgidaHost host, ItemId item, EvidenceId id)
    {
        byte[] content = [];
        await host.InScope(async (IServiceProvider services) =>
        {
            var action = services.GetRequiredService<ActionBook>().Begin(Looking, Actor.System("test"), item.Subject);
            content = await services.GetRequiredService<SealedStore>().Read(action, id, "test", CancellationToken.None);
            await action.Commit(CancellationToken.None);
        });
        return content;
    }

    /// <summary>Proposes a picture's hashes, as an assessment does.</summary>
    public static async Task<HashRecordId?> Propose(this EgidaHost host, StaffId by, byte[] picture)
    {
        var decoded = (Inspection.Decoded)await host.Services.GetRequiredService<MediaSandbox>().Inspect(picture, CancellationToken.None);
        var proposal = new ProposeHashRecord.Proposal(by, null, null, """{"nature":["code-1"]}""",
        [
            (HashKind.Md5, Convert.ToHexStringLower(MD5.HashData(picture)), null),
            (HashKind.Sha1, Convert.ToHexStringLower(SHA1.HashData(picture)), null),
            (HashKind.Sha256, Convert.ToHexStringLower(SHA256.HashData(picture)), null),
            (HashKind.Pdq, decoded.Pdq.Hash.ToString(), decoded.Pdq.Quality),
        ]);
        return await host.InScope<IServiceProvider, HashRecordId?>(async services =>
        {
            var action = services.GetRequiredService<ActionBook>().Begin(Sealing, Actor.Of(by), "test:proposal");
            var record = await services.GetRequiredService<ProposeHashRecord>().Propose(action, proposal, CancellationToken.None);
            await action.Commit(CancellationToken.None);
            return record;
        });
    }

    public static Task<ConfirmHashRecord.Outcome> Confirm(this EgidaHost host, HashRecordId record, StaffId by) =>
        host.InScope<ConfirmHashRecord, ConfirmHashRecord.Outcome>(confirm => confirm.Handle(record, by, CancellationToken.None));

    /// <summary>A record that two people stand for.</summary>
    public static async Task<HashRecordId> Know(this EgidaHost host, byte[] picture)
    {
        var record = (await host.Propose(new StaffId(Guid.NewGuid()), picture))!.Value;
        Assert.Equal(ConfirmHashRecord.Outcome.Confirmed, await host.Confirm(record, new StaffId(Guid.NewGuid())));
        return record;
    }

    /// <summary>The finding about one picture that was captured now.</summary>
    public static async Task<MediaFinding> Recognise(this EgidaHost host, byte[] picture)
    {
        var item = await host.Captured(picture);
        await host.RunWork();
        return Assert.Single(await host.Findings(item));
    }
}
