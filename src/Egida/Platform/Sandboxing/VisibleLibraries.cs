namespace Egida.Platform.Sandboxing;

/// <summary>The system's shared libraries, the only part of the host that every sandbox sees.</summary>
internal static class VisibleLibraries
{
    public static IReadOnlyList<string> Paths { get; } = ["/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/alternatives"];

    public static IEnumerable<string> Arguments() => Paths.SelectMany(AsOnTheHost).Concat(OnlyTheHeifModule());

    // On Debian /lib is a link to usr/lib; on others it is a folder.
    private static string[] AsOnTheHost(string path)
    {
        if (new DirectoryInfo(path).LinkTarget is { } target) return ["--symlink", target, path];
        return Path.Exists(path) ? ["--ro-bind", path, path] : [];
    }

    // libvips loads every module that it finds when it starts, with ImageMagick, PDF and others behind them. They are hidden.
    private static IEnumerable<string> OnlyTheHeifModule() =>
        Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu")
            .SelectMany(folder => Directory.EnumerateDirectories(folder, "vips-modules-*"))
            .SelectMany(folder =>
            {
                var heif = Path.Combine(folder, "vips-heif.so");
                string[] hidden = ["--tmpfs", folder];
                return File.Exists(heif) ? [.. hidden, "--ro-bind", heif, heif] : hidden;
            });
}
