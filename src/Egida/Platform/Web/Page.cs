using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Egida.Platform.Web;

public static class Page
{
    /// <summary>The component as a whole HTML page; its public parameters are taken from the members of <paramref name="parameters"/>.</summary>
    public static RazorComponentResult Of<TComponent>(object? parameters = null, int status = StatusCodes.Status200OK) where TComponent : IComponent =>
        new RazorComponentResult<TComponent>(parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };
}
