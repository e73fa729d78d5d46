using System.Security.Cryptography;
using Egida.Access;
using Egida.Evidence;
using Egida.Evidence.Destruction;
using Egida.HashBank;
using Egida.HashBank.Clusters;
using Egida.HashBank.Disputes;
using Egida.HashBank.Imports;
using Egida.HashBank.Merging;
using Egida.HashBank.Partners;
using Egida.HashBank.Partners.Floods;
using Egida.HashBank.Sampling;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Police;
using Egida.Police.Answers;
using Egida.Police.Certificates;
using Egida.Routing;
using Egida.Takedown;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Egida.Triage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.BrowserTests;

/// <summary>One thing of each kind that has a page of its own, so that every page has something on it.</summary>
/// <param name="Desk">An item that waits to be taken, with a grey square that nobody has assessed.</param>
internal sealed record Samples(ItemId Desk, EvidenceId Square, ItemId NoRoute, ItemId ToDestroy, HashRecordId Record, HashRecordId Quarantined, PolicePackageId Package, StaffId Colleague, HashPartnerId Partner, HashDisputeId Dispute, HashRecordId Cluster, HashRecordId Lookalike, HashMergeId Merge, HashSampleId Sample, string Source, string NoticeLink)
{
    private static readonly ActionKind Arrange = new("test.samples");

    public required BlockSamples Blocking { get; init; }

    /// <summary>A unit's certificate that waits for a second person.</summary>
    private static PoliceCertificate Proposed(ActionContext action, StaffId by)
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var made = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=Unit, O=Police, C=PL", key, System.Security.Cryptography.HashAlgorithmName.SHA256)
            .CreateSelfSigned(new DateTimeOffset(action.Now.AddDays(-1)), new DateTimeOffset(action.Now.AddYears(2)));
        return new PoliceCertificate
        {
            Id = Id.New<PoliceCertificateId>(action.Clock),
            Unit = "WRO",
            Encoded = made.RawData,
            Fingerprint = Egida.Police.Sealing.Recipient.FingerprintOf(made),
            Subject = made.Subject,
            ValidFrom = action.Now.AddDays(-1),
            ValidUntil = action.Now.AddYears(2),
            ProposedBy = by,
            ProposedAt = action.Now,
            Reason = "Handed over in person.",
        };
    }

    public static async Task<Samples> Make(EgidaHost host)
    {
        var colleague = await host.AddStaff(Role.Analyst);
        var (desk, square) = await ToAssess(host);
        var (noRoute, toDestroy, handedOver) = (await host.OpenItem("brak.example", Station.Assessed), await host.OpenItem("stare.example", Station.Answered), await host.OpenItem("dom.example", Station.Followed));
        PolicePackage package = null!;
        NoticeLetter letter = null!;
        await Arranged(host, noRoute, async action => (await action.Db.Set<Item>().SingleAsync(i => i.Id == noRoute)).PersonNeeded = PersonNeeded.NoRoute);
        await Arranged(host, toDestroy, async action =>
        {
            (await action.Db.Set<Item>().SingleAsync(i => i.Id == toDestroy)).Close(ItemClosure.Removed, action.Now);
            await host.Services.GetRequiredService<SealedStore>().Seal(action, toDestroy, EvidenceKind.Page, "<p>mountains</p>"u8.ToArray(), "text/html", null, CancellationToken.None);
            action.Db.Add(new EvidenceDestruction
            {
                Id = Id.New<EvidenceDestructionId>(action.Clock),
                ItemId = toDestroy,
                ProposedBy = colleague,
                ProposedAt = action.Now,
                Reason = "kept long enough",
            });
        });
        await TracingSamples.Make(host, toDestroy, colleague);
        await Arranged(host, handedOver, action =>
        {
            var decision = Id.New<RoutingDecisionId>(action.Clock);
            package = new PolicePackage { Id = Id.New<PolicePackageId>(action.Clock), ItemId = handedOver, DecisionId = decision, Unit = "KRAJ", IsUrgent = true, Reference = "EG-2026-000001", OrderedAt = action.Now };
            PolicePackagePart[] parts =
            [
                .. Enumerable.Range(1, 2).Select(n => new PolicePackagePart
                {
                    PackageId = package.Id, Ordinal = n, FileName = $"EG-2026-000001-{n}.zip.p7m", Objects = n, Size = 35_000, Sha256 = new string('a', 64), BagSha256 = new string('b', 64),
                }),
            ];
            parts[0].Take([1], action.Now, "CN=Simulated time-stamp authority, O=Simulation, C=PL");
            package.Seal(action.Now, new string('c', 64), parts);
            package.Stamped(action.Now);
            var notice = Id.New<NoticeId>(action.Clock);
            letter = new NoticeLetter { Id = Id.New<NoticeLetterId>(action.Clock), Recipient = "abuse@dom.example", IsReminder = false, CreatedAt = action.Now, DueAt = action.Now };
            action.Db.AddRange(
                letter,
                new RoutingDecision { Id = decision, ItemId = handedOver, At = action.Now, Rule = "hosted-here", Acts = [new RoutedAct(ActKind.Police, "PL", null)] },
                package,
                parts[0],
                parts[1],
                new PoliceAnswer { PackageId = package.Id, Ordinal = 1, At = action.Now, By = colleague, CaseNumber = "RSD 12/26", Outcome = PoliceOutcome.Opened, Note = "In hand." },
                Proposed(action, colleague),
                new Notice
                {
                    Id = notice,
                    Chain = notice,
                    LetterId = letter.Id,
                    ItemId = handedOver,
                    Ordinal = 0,
                    Reminder = 0,
                    Number = "EG-N-2026-000001",
                    CreatedAt = action.Now,
                    Recipient = "abuse@dom.example",
                    Classification = "illegal",
                    SentAt = action.Now,
                },
                new NoticeAnswer
                {
                    Id = Id.New<NoticeAnswerId>(action.Clock),
                    NoticeId = notice,
                    ItemId = handedOver,
                    At = action.Now,
                    Channel = NoticeAnswerChannel.Page,
                    Kind = NoticeAnswerKind.Removed,
                    Text = "The account is closed.",
                    Statement = new StatementOfReasons("The picture was removed", "everywhere, for good", "your notice", "no", "our terms, section 4", "write to appeals@dom.example"),
                    Origin = new byte[32],
                },
                new DeskWish { Recipient = "abuse@dom.example", Channel = NoticeChannel.OtherMail, Detail = "desk@dom.example", At = action.Now });
            return Task.CompletedTask;
        });
        var record = await host.InScope((IServiceProvider services) => services.GetRequiredService<ProposeHashRecord>().Handle(
            services.GetRequiredService<ActionBook>(),
            new(colleague, null, null, """{"content":["rank-2"]}""", [(HashKind.Sha256, new string('d', 64), null)]),
            CancellationToken.None));
        await host.InScope((AdmitPartner admit) => admit.Handle(AdmitPartner.Input.Empty with { Name = "Provider" }, colleague, CancellationToken.None));
        var partner = await host.Read(db => db.Set<HashPartner>().Select(p => p.Id).FirstAsync());
        var disputed = (await host.InScope((IServiceProvider services) => services.GetRequiredService<ProposeHashRecord>().Handle(
            services.GetRequiredService<ActionBook>(), new(colleague, null, null, """{"content":["rank-2"]}""", [(HashKind.Sha256, new string('e', 64), null)]), CancellationToken.None)))!.Value;
        var dispute = (FileDispute.Outcome.Filed)await host.InScope((FileDispute file) => file.Handle(
            new(DisputeParty.Partner, disputed, DisputeReason.NotIllegal, "a landscape with mountains", "en") { Partner = partner }, CancellationToken.None));
        var (cluster, lookalike) = (await LooksLike(host, colleague, 'a', 0, """{"PL":"illegal"}"""), await LooksLike(host, colleague, 'b', 6, """{"PL":"not-illegal"}"""));
        var (first, second) = (await LooksLike(host, colleague, 'c', 9, """{"PL":"illegal"}"""), await LooksLike(host, colleague, '9', 12, """{"PL":"illegal"}"""));
        var merge = (MergeRecords.Outcome.Made)await host.InScope((MergeRecords merging) => merging.Handle(first, second, colleague, "the same picture, saved smaller", CancellationToken.None));
        await host.InScope((EgidaDb db) => host.Services.GetRequiredService<ClusterKeeper>().Follow(db, CancellationToken.None));
        return new Samples(
            desk, square, noRoute, toDestroy, record!.Value, await PutInQuarantine(host, colleague, await host.AddStaff(Role.Quality)), package.Id, colleague, partner, dispute.Case.Id, cluster, lookalike, merge.Merge,
            await Draw(host, colleague, desk, square), await Lab(host, colleague), host.Services.GetRequiredService<NoticeLinks>().TokenOf(letter))
        { Blocking = await BlockSamples.Make(host, colleague) };
    }

    /// <summary>The same look but for some bits, of another file.</summary>
    internal static async Task<HashRecordId> LooksLike(EgidaHost host, StaffId by, char digest, int bits, string outcomes, string pattern = "5a")
    {
        var look = Convert.FromHexString(string.Concat(Enumerable.Repeat(pattern, 32)));
        for (var bit = 0; bit < bits; bit++) look[bit] ^= 1;
        return (await host.InScope((IServiceProvider services) => services.GetRequiredService<ProposeHashRecord>().Handle(
            services.GetRequiredService<ActionBook>(),
            new(by, null, null, """{"content":["rank-2"]}""", [(HashKind.Sha256, new string(digest, 64), null), (HashKind.Pdq, Convert.ToHexStringLower(look), 90)]) { Outcomes = outcomes },
            CancellationToken.None)))!.Value;
    }

    private static async Task<HashSampleId> Draw(EgidaHost host, StaffId first, ItemId item, EvidenceId square)
    {
        await Confirmed(host, first, item, square);
        return (await host.InScope((DrawSample draw) => draw.Handle(first, CancellationToken.None))).Item2;
    }

    /// <summary>A record whose material is sealed here, so that it can be drawn.</summary>
    internal static async Task<HashRecordId> Confirmed(EgidaHost host, StaffId first, ItemId item, EvidenceId square)
    {
        var record = (await host.InScope((IServiceProvider services) => services.GetRequiredService<ProposeHashRecord>().Handle(
            services.GetRequiredService<ActionBook>(), new(first, item, square, """{"content":["rank-2"]}""", [(HashKind.Sha256, new string('3', 64), null)]), CancellationToken.None)))!.Value;
        await host.InScope(async (ConfirmHashRecord confirm) => await confirm.Handle(record, await host.AddStaff(Role.Quality), CancellationToken.None));
        return record;
    }

    /// <summary>A source of which something came, something was refused, and two imports wait for a person.</summary>
    private static async Task<string> Lab(EgidaHost host, StaffId colleague)
    {
        var source = (await host.InScope((AdmitSource admit) => admit.Handle(new("lab", "Laboratory of the north", nameof(Trust.Confirms)), colleague, CancellationToken.None)))!.Value;
        await host.InScope(async (ActionBook actions) =>
        {
            var action = actions.Begin(Arrange, Actor.System("test"), "test:lab");
            for (var run = 0; run < 20; run++)
            {
                var at = action.Now.AddDays(-run * 1.4);
                action.Db.Add(new ImportRun
                {
                    Id = Id.New<ImportRunId>(action.Clock),
                    SourceId = source,
                    Format = "ncmec",
                    Name = $"npo up to {at:yyyy-MM-dd}",
                    Fingerprint = [(byte)run],
                    StartedAt = at.AddMinutes(-2),
                    LastAt = at,
                    StoodBefore = 40_000,
                    State = run is 0 or 3 ? ImportState.Held : ImportState.Done,
                    Withdrawn = run is 0 or 3 ? 1200 : 4,
                    Counts = new ImportCounts { New = 900 + (run * 137 % 800), Same = 40, TakenBack = 4, Refused = run * 53 % 170 },
                });
            }

            await action.Commit(CancellationToken.None);
        });
        return "lab";
    }

    private static Task<HashRecordId> PutInQuarantine(EgidaHost host, StaffId first, StaffId second) => host.InScope(async (IServiceProvider services) =>
    {
        var (actions, book) = (services.GetRequiredService<ActionBook>(), services.GetRequiredService<RecordBook>());
        var id = (await services.GetRequiredService<ProposeHashRecord>().Handle(
            actions, new(first, null, null, """{"content":["rank-2"]}""", [(HashKind.Pdq, string.Concat(Enumerable.Repeat("0f", 32)), 90)]), CancellationToken.None))!.Value;
        await services.GetRequiredService<ConfirmHashRecord>().Handle(id, second, CancellationToken.None);
        var action = actions.Begin(Arrange, Actor.System("test"), id.Subject);
        await book.Open(action, CancellationToken.None);
        var record = await action.Db.Set<HashRecord>().SingleAsync(r => r.Id == id);
        await book.Contribute(record, book.Begin(action, new RecordBook.Speaker(HashSource.House, null)), Says.Quarantines, classification: null, CancellationToken.None);
        action.Db.Add(new Quarantine { RecordId = id, Since = action.Now, Hits = 1204, Busiest = 17 });
        await action.Commit(CancellationToken.None);
        return id;
    });

    internal static async Task<(ItemId Item, EvidenceId Square)> ToAssess(EgidaHost host)
    {
        var id = await host.OpenItem("pokaz.example", Station.Recognised);
        EvidenceId media = default;
        await Arranged(host, id, async action =>
        {
            var store = host.Services.GetRequiredService<SealedStore>();
            var square = new PreviewPixels(32, 32, 1, [.. Enumerable.Range(0, 32 * 32).Select(i => (byte)(i % 32 * 8))]).ToBytes();
            media = await store.Seal(action, id, EvidenceKind.Media, RandomNumberGenerator.GetBytes(64), "image/png", null, CancellationToken.None);
            var small = await store.Seal(action, id, EvidenceKind.Derived, square, null, media, CancellationToken.None);
            var large = await store.Seal(action, id, EvidenceKind.Derived, square, null, media, CancellationToken.None);
            action.Db.AddRange(
                new MediaFinding
                {
                    EvidenceId = media,
                    ItemId = id,
                    Number = 1,
                    Verdict = MediaVerdict.Unknown,
                    Kind = MediaKind.Image,
                    Width = 32,
                    Height = 32,
                    SizeBytes = 64,
                    FoundAt = action.Now,
                    Md5 = new string('1', 32),
                    Sha1 = new string('2', 40),
                    Sha256 = new string('3', 64),
                    SmallPreview = small,
                    LargePreview = large,
                },
                new QueueEntry { ItemId = id, Priority = 200, Reasons = "contact-with-child,unknown-material", WaitingSince = action.Now });
        });
        return (id, media);
    }

    private static Task Arranged(EgidaHost host, ItemId item, Func<ActionContext, Task> change) => host.InScope(async (ActionBook actions) =>
    {
        var action = actions.Begin(Arrange, Actor.System("test"), item.Subject);
        await change(action);
        await action.Commit(CancellationToken.None);
    });
}
