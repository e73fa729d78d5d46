using System.Security.Cryptography;
using Egida.Platform.Sandboxing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Egida.Match.Tool.Serving;

/// <summary>Hashes an uploaded file as HMA does: a <c>photo</c> by PDQ, decoded in the sandbox, a <c>video</c> by MD5. In memory; nothing is kept.</summary>
/// <param name="clock">Measures the sandbox's deadlines.</param>
/// <param name="most">So many files at once: the others wait.</param>
internal sealed class MediaHashing(TimeProvider clock, int most) : IDisposable
{
    /// <summary>HMA's own limit.</summary>
    public const int LargestFile = 100 << 20;

    /// <summary>PDQ hashes of less quality say nothing.</summary>
    private const int SmallestQuality = 50;

    private readonly MediaSandbox _sandbox = new(clock);
    private readonly SemaphoreSlim _slots = new(most);

    /// <exception cref="SandboxUnavailableException">This machine can't confine a decoder.</exception>
    public Task Prove(CancellationToken cancel) => _sandbox.Prove(cancel);

    /// <returns>The signals by their types.</returns>
    public async Task<IReadOnlyList<(string Type, string Signal)>> Of(HttpContext context)
    {
        if (!context.Request.HasFormContentType) throw new HmaException(400, "Missing multipart/form-data file upload");
        if (context.Request.ContentLength > LargestFile) throw new HmaException(413, "Content too large");
        await _slots.WaitAsync(context.RequestAborted);
        try
        {
            var file = await File(context);
            var type = file.Name switch
            {
                "photo" => HmaSignals.Pdq,
                "video" => HmaSignals.VideoMd5,
                _ => throw new HmaException(400, $"no such content_type: '{HmaSignals.Shown(file.Name)}'"),
            };
            RequireSelected(context.Request, type);
            await using var content = file.OpenReadStream();
            return [(type, type == HmaSignals.Pdq ? await Pdq(content, (int)file.Length, context.RequestAborted) : Convert.ToHexStringLower(await MD5.HashDataAsync(content, context.RequestAborted)))];
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private static async Task<IFormFile> File(HttpContext context)
    {
        var limits = new FormOptions { MemoryBufferThreshold = int.MaxValue, BufferBodyLengthLimit = LargestFile, MultipartBodyLengthLimit = LargestFile, ValueCountLimit = 16, MultipartHeadersLengthLimit = 8192 };
        try
        {
            var form = await new FormFeature(context.Request, limits).ReadFormAsync(context.RequestAborted);
            return form.Files.Count switch
            {
                0 => throw new HmaException(400, "Missing multipart/form-data file upload"),
                1 => form.Files[0],
                _ => throw new HmaException(400, "Only one file allowed per request"),
            };
        }
        catch (InvalidDataException)
        {
            throw new HmaException(400, "The upload isn't multipart/form-data, or is too large.");
        }
    }

    private async Task<string> Pdq(Stream content, int length, CancellationToken cancel)
    {
        var bytes = new byte[length];
        await content.ReadExactlyAsync(bytes, cancel);
        return await _sandbox.Inspect(bytes, cancel) switch
        {
            Inspection.Decoded decoded => decoded.Pdq.Quality < SmallestQuality ? "" : decoded.Pdq.Hash.ToString(),
            var other => throw new HmaException(400, $"the picture can't be hashed: {other.Reason}"),
        };
    }

    // `types` chooses among a file's signal types; each kind of file has one here.
    private static void RequireSelected(HttpRequest request, string type)
    {
        if (!request.Query.TryGetValue("types", out var types)) return;
        var names = types.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.FirstOrDefault(name => name != type) is { } other) throw new HmaException(400, $"signal type '{HmaSignals.Shown(other)}' doesn't exist or is disabled");
        if (names.Length == 0) throw new HmaException(400, "empty signal type selection");
    }
}
