using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Egida.HashBank.Partners.Images;

/// <summary>The bytes of a picture as a request brings them: as its body, or as the first file of a multipart form. In memory only; the server's own form reader would put a large one on disk.</summary>
internal sealed class ReceiveImage : IDisposable
{
    private const int LongestBoundary = 100;

    private byte[] buffer;

    private ReceiveImage(byte[] buffer) => this.buffer = buffer;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, Length);

    /// <exception cref="InvalidDataException">There is no picture in it; the message says what is expected.</exception>
    /// <exception cref="BadHttpRequestException">It is larger than may be, or ended early.</exception>
    public static async Task<ReceiveImage> From(HttpRequest request, int most, CancellationToken cancellation)
    {
        var body = await Body(request, cancellation);
        var image = new ReceiveImage(new byte[Math.Min(most, request.ContentLength ?? 1 << 16) + 1]);
        try
        {
            int read;
            while ((read = await body.ReadAsync(image.buffer.AsMemory(image.Length), cancellation)) > 0)
            {
                image.Length += read;
                if (image.Length > most) throw new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge);
                if (image.Length == image.buffer.Length) image.Grow(most);
            }

            return image.Length > 0 ? image : throw new InvalidDataException("The picture is empty.");
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            // A part without its closing boundary.
            image.Dispose();
            throw new InvalidDataException("The form ends in the middle of the picture.", e);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <summary>Nothing of it stays in memory.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(buffer);

    private void Grow(int most)
    {
        var larger = new byte[(int)Math.Min(2L * buffer.Length, most + 1L)];
        Bytes.CopyTo(larger);
        CryptographicOperations.ZeroMemory(buffer);
        buffer = larger;
    }

    private static async Task<Stream> Body(HttpRequest request, CancellationToken cancellation)
    {
        const string Expected = "Send the picture as the body with its own media type (image/…), or as the file of a multipart/form-data.";
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            throw new InvalidDataException(Expected);
        }

        if (type.Type.Equals("image", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase))
        {
            return request.Body;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) || boundary is not { Length: > 0 and <= LongestBoundary })
        {
            throw new InvalidDataException(Expected);
        }

        try
        {
            var parts = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4096 };
            while (await parts.ReadNextSectionAsync(cancellation) is { } part)
            {
                if (part.AsFileSection() is { FileStream: { } file }) return file;
            }
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            // Cut off, or not what its header says.
        }

        throw new InvalidDataException("There is no file in this multipart/form-data.");
    }
}
