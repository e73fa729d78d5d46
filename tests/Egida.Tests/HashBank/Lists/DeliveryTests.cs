using Egida.Platform.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Egida.Tests.HashBank.Lists;

/// <summary>A file of 1,000 bytes, made on the first of May 2026 at noon, with the tag "a".</summary>
public sealed class DeliveryTests
{
    private static readonly DateTimeOffset Made = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private const string Then = "Fri, 01 May 2026 12:00:00 GMT", Before = "Fri, 01 May 2026 11:59:59 GMT";

    [Theory]
    [InlineData(200, 0, 1000)]
    [InlineData(206, 0, 1, "Range: bytes=0-0")]
    [InlineData(206, 999, 1000, "Range: bytes=999-")]
    [InlineData(206, 500, 1000, "Range: bytes=500-1000")]
    [InlineData(206, 500, 1000, "Range: bytes=500-9223372036854775807")]
    [InlineData(206, 990, 1000, "Range: bytes=-10")]
    [InlineData(206, 0, 1000, "Range: bytes=-9223372036854775807")]
    [InlineData(416, 0, 0, "Range: bytes=1000-")]
    [InlineData(416, 0, 0, "Range: bytes=9223372036854775807-")]
    [InlineData(416, 0, 0, "Range: bytes=-0")]
    [InlineData(200, 0, 1000, "Range: bytes=0-1,5-6")]
    [InlineData(200, 0, 1000, "Range: lines=0-1")]
    [InlineData(200, 0, 1000, "Range: bytes=9-1")]
    [InlineData(206, 5, 1000, "Range: bytes=5-", "If-Range: \"a\"")]
    [InlineData(200, 0, 1000, "Range: bytes=5-", "If-Range: \"b\"")]
    [InlineData(200, 0, 1000, "Range: bytes=5-", "If-Range: W/\"a\"")]
    [InlineData(206, 5, 1000, "Range: bytes=5-", "If-Range: " + Then)]
    [InlineData(200, 0, 1000, "Range: bytes=5-", "If-Range: " + Before)]
    [InlineData(304, 0, 0, "If-None-Match: \"a\"")]
    [InlineData(304, 0, 0, "If-None-Match: W/\"a\"", "Range: bytes=5-")]
    [InlineData(304, 0, 0, "If-None-Match: *")]
    [InlineData(200, 0, 1000, "If-None-Match: \"b\"", "If-Modified-Since: " + Then)]
    [InlineData(304, 0, 0, "If-Modified-Since: " + Then)]
    [InlineData(200, 0, 1000, "If-Modified-Since: " + Before)]
    [InlineData(412, 0, 0, "If-Match: \"b\"")]
    [InlineData(412, 0, 0, "If-Match: W/\"a\"")]
    [InlineData(200, 0, 1000, "If-Match: \"b\", \"a\"")]
    [InlineData(200, 0, 1000, "If-Match: *", "If-Unmodified-Since: " + Before)]
    [InlineData(412, 0, 0, "If-Unmodified-Since: " + Before)]
    [InlineData(206, 5, 1000, "If-Unmodified-Since: " + Then, "Range: bytes=5-")]
    [InlineData(200, 0, 1000, "If-Modified-Since: yesterday", "Range: nonsense")]
    public void What_is_sent_is_what_was_asked_for(int status, long from, long to, params string[] headers)
    {
        var request = new DefaultHttpContext().Request;
        foreach (var header in headers)
        {
            var at = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.Append(header[..at], header[(at + 2)..]);
        }

        Assert.Equal(new Delivery(status, from, to), Delivery.Of(request.GetTypedHeaders(), new EntityTagHeaderValue("\"a\""), Made, 1000));
    }

    [Fact]
    public void Of_an_empty_file_there_is_no_part()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Range = "bytes=0-5";
        Assert.Equal(416, Delivery.Of(request.GetTypedHeaders(), new EntityTagHeaderValue("\"a\""), Made, 0).Status);
    }
}
