namespace Egida.Demo;

/// <summary>A demo begins from nothing. Only a folder that a demo made is ever emptied.</summary>
internal static class DemoFolder
{
    private const string Mark = ".egida-demo";

    public static void Empty(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            if (!File.Exists(Path.Combine(folder, Mark)))
            {
                throw new DemoFailedException($"'{folder}' holds something that no demo made. Name another folder with --data.");
            }

            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Mark), "Made by egida demo; emptied at its next start.\n");
    }
}
