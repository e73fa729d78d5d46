using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Egida.Platform.Web;

/// <summary>Metadata of a staff form that sends one file: it is read into memory, whole, and never put on a disk.</summary>
internal sealed record PictureFormMetadata;

/// <summary>
/// Reads a form with a file without the framework's own reader, which writes what is larger than 64 kB to the temporary folder. A few short fields
/// and one file; what is larger than the server's limit of a body is refused as ever.
/// </summary>
internal static class PictureForms
{
    private const int MostFields = 8;
    private const int LongestField = 10_000;
    private const int LongestBoundary = 100;

    /// <returns>False: it isn't such a form.</returns>
    public static async Task<bool> Read(HttpContext context)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            return false;
        }

        var fields = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        var files = new FormFileCollection();
        var parts = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4096 };
        while (await parts.ReadNextSectionAsync(context.RequestAborted) is { } part)
        {
            if (part.AsFileSection() is { FileStream: { } file } section && files.Count == 0)
            {
                var bytes = new MemoryStream();
                context.Response.RegisterForDispose(bytes);
                await file.CopyToAsync(bytes, context.RequestAborted);
                files.Add(new FormFile(bytes, 0, bytes.Length, section.Name, "picture"));
            }
            else if (part.AsFormDataSection() is { } field && fields.Count < MostFields)
            {
                fields[field.Name] = await Text(field.Section.Body, context.RequestAborted);
            }
        }

        request.Form = new FormCollection(fields, files);
        return true;
    }

    private static async Task<string> Text(Stream body, CancellationToken cancellation)
    {
        var buffer = new byte[LongestField];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }
}
