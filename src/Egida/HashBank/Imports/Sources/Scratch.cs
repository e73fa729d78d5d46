namespace Egida.HashBank.Imports.Sources;

/// <summary>A file of no name beside another one, readable by nobody else, gone when it is closed. Entries of sources don't lie about in the system's folder for such.</summary>
internal static class Scratch
{
    public static FileStream Beside(Stream file)
    {
        var folder = file is FileStream named ? Path.GetDirectoryName(named.Name)! : Path.GetTempPath();
        return new FileStream(Path.Combine(folder, $".{Path.GetRandomFileName()}.part"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 1 << 16,
            Options = FileOptions.DeleteOnClose,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }
}
