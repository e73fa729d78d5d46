using System.Text.Json;

namespace Egida.Platform;

/// <summary>
/// The national data: law, contacts, languages, templates. <c>Country:Folder</c>, default <c>countries/pl</c> beside the program or above it.
/// Another country runs the same program on another folder.
/// </summary>
public sealed class CountryFolder(IConfiguration configuration)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public string Path { get; } = Find(configuration["Country:Folder"] ?? "countries/pl");

    public T Read<T>(string file)
    {
        var path = System.IO.Path.Combine(Path, file);
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<T>(stream, Json) ?? throw new JsonException("the file holds only null");
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"{path}: {e.Message}", e);
        }
    }

    private static string Find(string folder)
    {
        if (System.IO.Path.IsPathRooted(folder))
        {
            return folder;
        }

        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                var path = System.IO.Path.Combine(at.FullName, folder);
                if (Directory.Exists(path))
                {
                    return path;
                }
            }
        }

        throw new InvalidOperationException($"No folder '{folder}' here or above: set Country:Folder to the country's data folder.");
    }
}
