namespace Egida.Platform;

/// <summary>
/// Where this installation keeps what isn't in the database: keys, sealed objects, the spool. <c>Data:Folder</c>; else <c>data</c> beside the
/// launcher (which says where that is in <c>EGIDA_ROOT</c>), else in the present folder.
/// </summary>
internal static class DataFolder
{
    public static string Of(IConfiguration configuration)
    {
        var folder = Path.GetFullPath(configuration["Data:Folder"] ?? Default(configuration["Root"]));
        Directory.CreateDirectory(folder);
        return folder;
    }

    public static string Default(string? root) => root is null ? "data" : Path.Combine(root, "data");

    public static string Of(IConfiguration configuration, string part)
    {
        var folder = Path.Combine(Of(configuration), part);
        Directory.CreateDirectory(folder);
        return folder;
    }
}
