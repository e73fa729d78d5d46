using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Net.Http.Headers;

namespace Egida.Platform.Web;

/// <summary>Metadata of a route for programs, whose handler reads the body itself and refuses what it doesn't expect.</summary>
internal sealed record JsonBodyMetadata;

/// <summary>
/// What is sent to us is a form as browsers send it; anything else can't be read, and says so instead of breaking a handler. The form reader refuses
/// a whole form for one NUL in it: that becomes its picture (U+2400) first, so that a pasted control character loses nobody what they wrote.
/// </summary>
internal static class FormBodies
{
    private const string Picture = "%E2%90%80";

    public static void UseFormBodies(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (HttpMethods.IsPost(context.Request.Method) && context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<JsonBodyMetadata>() is null)
        {
            if (endpoint.Metadata.GetMetadata<PictureFormMetadata>() is not null && await PictureForms.Read(context))
            {
                // Read already, into memory: its token is checked as every form's.
            }
            else if (IsForm(context.Request))
            {
                await PictureNulls(context);
            }
            else if (endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation != true)
            {
                await Problems.Page(context, StatusCodes.Status400BadRequest).ExecuteAsync(context);
                return;
            }
            else
            {
                // Without a form there is no token in it: refused and written down there.
                context.Request.ContentType = null;
            }
        }

        await next(context);
    });

    private static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private static async Task PictureNulls(HttpContext context)
    {
        var body = new MemoryStream();
        context.Response.RegisterForDispose(body);
        // The server's limit of a body holds here too.
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        if (bytes.Contains((byte)0) || bytes.IndexOf("%00"u8) >= 0)
        {
            var text = Encoding.Latin1.GetString(bytes).Replace("%00", Picture, StringComparison.Ordinal).Replace("\0", Picture, StringComparison.Ordinal);
            body.SetLength(0);
            body.Write(Encoding.Latin1.GetBytes(text));
        }

        body.Position = 0;
        context.Request.Body = body;
    }
}
