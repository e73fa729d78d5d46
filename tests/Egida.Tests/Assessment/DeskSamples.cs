using System.Security.Cryptography;
using Egida.Evidence;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Egida.Triage;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Assessment;

/// <summary>Items that wait to be assessed: with a page and grey squares that nobody has assessed, or with nothing at all.</summary>
internal static class DeskSamples
{
    private static readonly ActionKind Arranging = new("test.arrange-desk");

    public static Task<(ItemId Item, IReadOnlyList<EvidenceId> Squares)> Waiting(this EgidaHost host, int squares) => host.Waiting(squares, page: true);

    /// <summary>As an earlier version left it: in the queue, and nothing of it was ever captured.</summary>
    public static async Task<ItemId> WaitingUnseen(this EgidaHost host) => (await host.Waiting(squares: 0, page: false)).Item;

    private static async Task<(ItemId Item, IReadOnlyList<EvidenceId> Squares)> Waiting(this EgidaHost host, int squares, bool page)
    {
        var id = await host.OpenItem("pokaz.example", page ? Station.Recognised : Station.Traced);
        List<EvidenceId> media = [];
        await host.InScope(async (ActionBook actions) =>
        {
            var action = actions.Begin(Arranging, Actor.System("test"), id.Subject);
            var store = host.Services.GetRequiredService<SealedStore>();
            if (page)
            {
                await store.Seal(action, id, EvidenceKind.Page, "<p>mountains</p>"u8.ToArray(), "text/html", null, CancellationToken.None);
            }

            var square = new PreviewPixels(32, 32, 1, [.. Enumerable.Range(0, 32 * 32).Select(i => (byte)(i % 32 * 8))]).ToBytes();
            for (var number = 1; number <= squares; number++)
            {
                var one = await store.Seal(action, id, EvidenceKind.Media, RandomNumberGenerator.GetBytes(64), "image/png", null, CancellationToken.None);
                media.Add(one);
                action.Db.Add(new MediaFinding
                {
                    EvidenceId = one,
                    ItemId = id,
                    Number = number,
                    Verdict = MediaVerdict.Unknown,
                    Kind = MediaKind.Image,
                    Width = 32,
                    Height = 32,
                    SizeBytes = 64,
                    FoundAt = action.Now,
                    Md5 = new string('1', 32),
                    Sha1 = new string('2', 40),
                    Sha256 = new string('3', 64),
                    SmallPreview = await store.Seal(action, id, EvidenceKind.Derived, square, null, one, CancellationToken.None),
                    LargePreview = await store.Seal(action, id, EvidenceKind.Derived, square, null, one, CancellationToken.None),
                });
            }

            action.Db.Add(new QueueEntry { ItemId = id, Priority = 20, Reasons = "unknown-material", WaitingSince = action.Now });
            await action.Commit(CancellationToken.None);
        });
        return (id, media);
    }
}
