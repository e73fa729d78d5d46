namespace Egida.Platform.Web.Design;

public enum MaterialKind
{
    Picture,
    Video,
    Page,
    Other,
}
