namespace Egida.Platform;

/// <summary>Where this installation keeps what isn't in the database: keys, sealed objects, the spool. <c>Data:Folder</c>, default <c>data</c>.</summary>
internal static class DataFolder
{
    public static string Of(IConfiguration configuration)
    {
        var folder = Path.GetFullPath(configuration["Data:Folder"] ?? "data");
        Directory.CreateDirectory(folder);
        return folder;
    }

    public static string Of(IConfiguration configuration, string part)
    {
        var folder = Path.Combine(Of(configuration), part);
        Directory.CreateDirectory(folder);
        return folder;
    }
}
