using System.Security.Cryptography;
using Egida.Access;
using Egida.Evidence;
using Egida.HashBank;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Sandboxing;
using Egida.Platform.Work;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tests.Platform.Sandboxing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MediaKind = Egida.Matching.MediaKind;

namespace Egida.Tests.Matching;

public sealed class RecogniseItemTests
{
    [Theory, OnBothDatabases]
    public async Task An_unknown_picture_gets_two_sealed_previews(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await host.Captured(Scene.Png(1, 400, 200));

        await host.RunWork();

        var found = Assert.Single(await host.Findings(item));
        Assert.Equal((MediaVerdict.Unknown, MediaKind.Image, null, 400, 200), (found.Verdict, found.Kind, found.Mark, found.Width, found.Height));
        var small = PreviewPixels.FromBytes(await host.Content(item, found.SmallPreview!.Value));
        var large = PreviewPixels.FromBytes(await host.Content(item, found.LargePreview!.Value));
        Assert.Equal((160, 160, 1), (small.Width, small.Height, small.Channels));
        Assert.Equal((400, 200, 3), (large.Width, large.Height, large.Channels));
        Assert.Equal(Station.Recognised, (await host.Item(item)).LastStation);
    }

    [Theory, OnBothDatabases]
    public async Task What_cannot_be_decoded_is_marked_and_the_rest_goes_on(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await host.Captured([], "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray(), [.. Scene.Png(2)[..30]], Scene.Png(3));

        await host.RunWork();

        var found = await host.Findings(item);
        Assert.Equal(["empty", "unsupported:svg", "undecodable", null], found.Select(f => f.Mark));
        Assert.Equal(
            [MediaVerdict.Undecodable, MediaVerdict.Undecodable, MediaVerdict.Undecodable, MediaVerdict.Unknown], found.Select(f => f.Verdict));
        Assert.All(found.Take(3), f => Assert.Null(f.LargePreview));
        Assert.NotNull((await host.RecognitionOf(item)).DoneAt);
    }

    [Theory, OnBothDatabases]
    public async Task The_bytes_of_a_confirmed_record_are_known_and_get_no_preview(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Know(Scene.Png(5));

        var found = await host.Recognise(Scene.Png(5));

        Assert.Equal((MediaVerdict.KnownExact, record, 0), (found.Verdict, found.RecordId, found.Distance));
        Assert.Null(found.SmallPreview);
        Assert.Null(found.LargePreview);
        Assert.False(await host.Read(db => db.Set<EvidenceObject>().AnyAsync(e => e.Kind == EvidenceKind.Derived)));
    }

    [Theory]
    [OnBothDatabases(HashKind.Md5)]
    [OnBothDatabases(HashKind.Sha1)]
    public async Task A_file_made_to_share_a_weak_hash_with_a_record_is_a_hint_and_a_person_looks(DatabaseKind database, HashKind shared)
    {
        await using var host = await EgidaHost.Start(database);
        var (mine, theirs) = (Scene.Png(5), Scene.Png(8));
        var by = new StaffId(Guid.CreateVersion7());
        var record = await host.InScope((IServiceProvider services) => services.GetRequiredService<ProposeHashRecord>().Handle(
            services.GetRequiredService<ActionBook>(),
            new(by, null, null, """{"nature":["code-1"]}""",
            [
                (HashKind.Md5, Hex(MD5.HashData(mine)), null),
                (HashKind.Sha1, Hex(SHA1.HashData(shared == HashKind.Sha1 ? mine : theirs)), null),
                (HashKind.Sha256, Hex(SHA256.HashData(theirs)), null),
            ]),
            CancellationToken.None));
        await host.Confirm(record!.Value, new StaffId(Guid.CreateVersion7()));

        var found = await host.Recognise(mine);

        Assert.Equal((MediaVerdict.Unknown, null, record), (found.Verdict, found.RecordId, found.HintId));
        Assert.NotNull(found.SmallPreview);
        using var analyst = await host.SignInEnglish(Role.Analyst);
        Assert.Contains("Only a weak hash", (await analyst.Get($"/staff/items/{found.ItemId}")).Text, StringComparison.Ordinal);

        static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
    }

    [Theory]
    [InlineData(HashKind.Sha256, true, true)]
    [InlineData(HashKind.Sha1, false, true)]
    [InlineData(HashKind.Sha1, true, false)]
    [InlineData(HashKind.Md5, false, false)]
    [InlineData(HashKind.Md5, true, false)]
    public void Only_a_hash_that_nobody_can_forge_proves_that_the_bytes_are_known(HashKind kind, bool recordHasSha256, bool proves) =>
        Assert.Equal(proves, Lookup.Proves(kind, recordHasSha256));

    [Theory, OnBothDatabases]
    public async Task A_re_encoded_copy_is_known_by_its_likeness_and_gets_no_preview(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Know(Scene.Png(6, 640, 480));

        var found = await host.Recognise(NearCopy());

        Assert.Equal((MediaVerdict.KnownNear, record), (found.Verdict, found.RecordId));
        Assert.InRange(found.Distance!.Value, 0, Lookup.Radius);
        Assert.Null(found.SmallPreview);
        Assert.Null(found.LargePreview);
    }

    [Theory, OnBothDatabases]
    public async Task A_smaller_copy_is_known_by_its_likeness(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Know(Scene.Png(7, 640, 480));

        Assert.Equal(MediaVerdict.KnownNear, (await host.Recognise(Scene.Png(7, 320, 240))).Verdict);
    }

    [Theory, OnBothDatabases]
    public async Task A_turned_copy_is_known_by_its_likeness(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Know(HostileFiles.Golden("000-landscape-512x512.png"));

        var found = await host.Recognise(HostileFiles.Golden("001-rot90-of-000.png"));

        Assert.Equal((MediaVerdict.KnownNear, record), (found.Verdict, found.RecordId));
    }

    [Theory, OnBothDatabases]
    public async Task A_proposal_is_not_used_until_a_second_person_confirms_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var proposer = new StaffId(Guid.NewGuid());
        var record = (await host.Propose(proposer, Scene.Png(6, 640, 480)))!.Value;
        Assert.Equal(MediaVerdict.Unknown, (await host.Recognise(NearCopy())).Verdict);
        Assert.Equal(MediaVerdict.Unknown, (await host.Recognise(Scene.Png(6, 640, 480))).Verdict);

        Assert.Equal(ConfirmHashRecord.Outcome.OwnWord, await host.Confirm(record, proposer));
        Assert.Equal(MediaVerdict.Unknown, (await host.Recognise(NearCopy())).Verdict);

        Assert.Equal(ConfirmHashRecord.Outcome.Confirmed, await host.Confirm(record, new StaffId(Guid.NewGuid())));
        Assert.Equal(MediaVerdict.KnownNear, (await host.Recognise(NearCopy())).Verdict);
    }

    [Theory, OnBothDatabases]
    public async Task A_withdrawn_record_stops_matching_at_once(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Know(Scene.Png(6, 640, 480));
        Assert.Equal(MediaVerdict.KnownNear, (await host.Recognise(NearCopy())).Verdict);

        var outcome = await host.InScope<WithdrawHashRecord, SpokenOutcome>(
            withdraw => withdraw.Handle(record, new StaffId(Guid.NewGuid()), "a mistake", CancellationToken.None));

        Assert.Equal(SpokenOutcome.Done, outcome);
        Assert.Equal(MediaVerdict.Unknown, (await host.Recognise(NearCopy())).Verdict);
        Assert.Equal(MediaVerdict.Unknown, (await host.Recognise(Scene.Png(6, 640, 480))).Verdict);
    }

    [Theory, OnBothDatabases]
    public async Task A_machine_without_a_sandbox_tries_again_and_calls_nothing_unknown(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await host.Captured(Scene.Png(8));
        // So little memory that not even a harmless picture can be decoded: the machine is to blame.
        var broken = new MediaSandbox(SandboxLimits.Default with { AddressSpaceBytes = 1 << 20 }, host.Clock);

        var outcome = await host.InScope<IServiceProvider, WorkOutcome>(async services => await new RecogniseItem(
            services.GetRequiredService<EgidaDb>(), services.GetRequiredService<ActionBook>(), services.GetRequiredService<SealedStore>(), broken,
            services.GetRequiredService<Lookup>()).Run(await host.RecognitionOf(item), CancellationToken.None));

        Assert.StartsWith("no-sandbox: ", Assert.IsType<WorkOutcome.TryAgain>(outcome).Problem, StringComparison.Ordinal);
        Assert.Empty(await host.Findings(item));

        await host.RunWork();
        Assert.Equal(MediaVerdict.Unknown, Assert.Single(await host.Findings(item)).Verdict);
    }

    [Theory, OnBothDatabases]
    public async Task A_page_without_media_is_recognised_with_nothing_found(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await host.Captured();

        await host.RunWork();

        var told = await host.Read(db => db.Set<EventEntry>().SingleAsync(e => e.Type == nameof(ItemRecognised)));
        Assert.Equal($$"""{"itemId":"{{item}}","known":0,"near":0,"unknown":0,"undecodable":0}""", told.Data);
        Assert.Equal(Station.Recognised, (await host.Item(item)).LastStation);
    }

    [Theory, OnBothDatabases]
    public async Task Every_opening_is_a_link_in_the_chain_of_custody(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var found = await host.Recognise(Scene.Png(9));

        var chain = await host.Read(db => db.Set<CustodyEvent>().Where(e => e.EvidenceId == found.EvidenceId).OrderBy(e => e.Seq).ToListAsync());

        Assert.Equal((CustodyAct.Opened, "system:matching"), (chain[^1].Act, chain[^1].Actor));
    }

    [Fact]
    public async Task The_pages_tell_facts_and_show_no_picture()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await host.Know(Scene.Png(5));
        await host.Recognise(Scene.Png(5));
        var item = await host.Captured(Scene.Png(1), []);
        await host.RunWork();
        using var analyst = await host.SignIn(Role.Analyst);

        var list = await analyst.Get("/staff/matching");
        var page = await analyst.Get($"/staff/items/{item}");

        Assert.Equal(3, list.Document.QuerySelectorAll("main tbody tr").Length);
        Assert.Equal(2, page.Document.QuerySelectorAll("#matching tbody tr").Length);
        Assert.Empty(list.Document.QuerySelectorAll("main img"));
        Assert.Empty(page.Document.QuerySelectorAll("#matching img"));
    }

    // Made from the scene with an ordinary encoder.
    private static byte[] NearCopy()
    {
        using var asset = typeof(Scene).Assembly.GetManifestResourceStream("Egida.Simulators.Assets.known-near.jpg")!;
        using var copy = new MemoryStream();
        asset.CopyTo(copy);
        return copy.ToArray();
    }
}
