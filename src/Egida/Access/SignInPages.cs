using Egida.Platform.Web;

namespace Egida.Access;

/// <summary>The page with every way in. A refusal is the same whatever was wrong.</summary>
internal static class SignInPages
{
    /// <summary>GET /staff/sign-in</summary>
    internal static IResult Get() => Show(StatusCodes.Status200OK);

    internal static IResult Show(int status) => Page.Of<SignInPage>(new { Refused = status != StatusCodes.Status200OK }, status);
}
