using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Egida.Platform.Web;

/// <summary>
/// What one request for a file is sent: decided once, before anything is counted, so that what is counted is what goes out. The order of the conditions is that of
/// RFC 9110 §13.2.2; of several ranges none is honoured (§14.2 allows it).
/// </summary>
/// <param name="Status">200, 206 with a part, 304 and 412 without bytes, 416 if there are none there.</param>
/// <param name="From">The first byte.</param>
/// <param name="To">The first byte that isn't sent any more.</param>
internal readonly record struct Delivery(int Status, long From = 0, long To = 0)
{
    private const int Nothing = StatusCodes.Status304NotModified, Refused = StatusCodes.Status412PreconditionFailed, Beyond = StatusCodes.Status416RangeNotSatisfiable;

    public bool HasBytes => Status is StatusCodes.Status200OK or StatusCodes.Status206PartialContent;

    /// <param name="tag">Of the file as it is, strong.</param>
    /// <param name="made">To the second, as a header can say it.</param>
    public static Delivery Of(RequestHeaders asked, EntityTagHeaderValue tag, DateTimeOffset made, long length) =>
        asked.IfMatch is { Count: > 0 } wanted && !wanted.Any(t => Is(t, tag, strong: true)) ? new(Refused)
        : asked.IfMatch is not { Count: > 0 } && asked.IfUnmodifiedSince < made ? new(Refused)
        : asked.IfNoneMatch is { Count: > 0 } known ? known.Any(t => Is(t, tag, strong: false)) ? new(Nothing) : Bytes(asked, tag, made, length)
        : asked.IfModifiedSince >= made ? new(Nothing)
        : Bytes(asked, tag, made, length);

    /// <param name="file">Whole; its position is moved.</param>
    public async Task Send(HttpResponse response, Stream file, EntityTagHeaderValue tag, DateTimeOffset made, string mediaType, string name, CancellationToken cancellation)
    {
        response.StatusCode = Status;
        var headers = response.GetTypedHeaders();
        (headers.ETag, headers.LastModified) = (tag, made);
        response.Headers.AcceptRanges = "bytes";
        headers.ContentRange = Status switch
        {
            StatusCodes.Status206PartialContent => new ContentRangeHeaderValue(From, To - 1, file.Length),
            StatusCodes.Status416RangeNotSatisfiable => new ContentRangeHeaderValue(file.Length),
            _ => null,
        };
        if (!HasBytes) return;

        headers.ContentType = new MediaTypeHeaderValue(mediaType);
        headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name };
        response.ContentLength = To - From;
        file.Position = From;
        await StreamCopyOperation.CopyToAsync(file, response.Body, response.ContentLength, cancellation);
    }

    private static Delivery Bytes(RequestHeaders asked, EntityTagHeaderValue tag, DateTimeOffset made, long length)
    {
        var isTheSame = asked.IfRange switch
        {
            null => true,
            { EntityTag: { } had } => had.Compare(tag, useStrongComparison: true),
            var one => one.LastModified == made,
        };
        if (!isTheSame || asked.Range is not { Ranges.Count: 1 } range || !range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase))
        {
            return new(StatusCodes.Status200OK, 0, length);
        }

        var (from, to) = range.Ranges.First() switch
        {
            { From: { } first, To: { } last } => (first, Math.Min(last, length - 1) + 1),
            { From: { } first } => (first, length),
            { To: var last } => (length - Math.Min(last ?? 0, length), length),
        };
        return from < to ? new(StatusCodes.Status206PartialContent, from, to) : new(Beyond);
    }

    private static bool Is(EntityTagHeaderValue asked, EntityTagHeaderValue tag, bool strong) =>
        asked.Equals(EntityTagHeaderValue.Any) || asked.Compare(tag, useStrongComparison: strong);
}
