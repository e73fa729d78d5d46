using System.Text.Json;
using System.Text.RegularExpressions;

namespace Egida.Evidence.Capture;

/// <summary>
/// The narrow place between the worker, which holds keys and database but never touches the open network, and the capture process, which is the
/// reverse. A folder: <c>jobs/ID.json</c> → <c>taken/ID.json</c> → <c>done/ID/manifest.json</c> and sealed objects. Every step is one atomic
/// rename, and a job only moves forward: looking in that order never misses it. <c>draft/</c> holds what isn't finished and may be swept.
/// </summary>
internal sealed partial class Spool(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Folder { get; } = folder;

    /// <summary>SubjectPublicKeyInfo of the intake key: all that the capture process knows of keys.</summary>
    public string IntakeKeyFile => Path.Combine(Folder, "intake.spki");

    /// <summary>The capture process could not write what it fetched and hasn't succeeded since.</summary>
    public bool IsFull
    {
        get => File.Exists(FullFile);
        set
        {
            try
            {
                if (value)
                {
                    File.Create(FullFile).Dispose();
                }
                else
                {
                    File.Delete(FullFile);
                }
            }
            catch (IOException)
            {
                // Only a hint for the operator; a full disk may have no room even for it.
            }
        }
    }

    private string FullFile => Path.Combine(Folder, "full");

    public string JobFile(string id) => Path.Combine(Folder, "jobs", $"{Checked(id)}.json");

    public string TakenFile(string id) => Path.Combine(Folder, "taken", $"{Checked(id)}.json");

    public string DropFolder(string id) => Path.Combine(Folder, "done", Checked(id));

    public string DraftFolder(string id) => Path.Combine(Folder, "draft", Checked(id));

    public static string ObjectFile(string folder, Guid id) => Path.Combine(folder, $"{id:N}.sealed");

    /// <exception cref="IOException">The folder can't be used.</exception>
    public void Prepare()
    {
        foreach (var part in new[] { "jobs", "taken", "done", "draft" })
        {
            Directory.CreateDirectory(Path.Combine(Folder, part), OwnerOnly);
        }
    }

    /// <summary>Asks once: a job that is anywhere in the spool isn't written again.</summary>
    /// <returns>When it was asked, by now or before; null when its drop is there.</returns>
    public DateTime? Ask(SpoolJob job)
    {
        Prepare();
        if (Waiting(job.Id) is { } asked)
        {
            return asked;
        }

        if (Directory.Exists(DropFolder(job.Id)))
        {
            return null;
        }

        WriteWhole(JobFile(job.Id), JsonSerializer.SerializeToUtf8Bytes(job, Manifest.Json), job.AskedAt);
        return job.AskedAt;
    }

    public Manifest? Drop(string id)
    {
        var file = Path.Combine(DropFolder(id), "manifest.json");
        return File.Exists(file) ? JsonSerializer.Deserialize<Manifest>(File.ReadAllBytes(file), Manifest.Json) : null;
    }

    /// <summary>Once the worker has taken over what was in it.</summary>
    public void Forget(string id)
    {
        var drop = DropFolder(id);
        if (Directory.Exists(drop))
        {
            // Out of sight in one step: a half-deleted drop must never look like a drop.
            var away = DraftFolder($"{id}-forgotten");
            Erase(away);
            Directory.Move(drop, away);
            Erase(away);
        }
    }

    public void PublishIntakeKey(byte[] spki)
    {
        Prepare();
        if (!File.Exists(IntakeKeyFile) || !File.ReadAllBytes(IntakeKeyFile).AsSpan().SequenceEqual(spki))
        {
            WriteWhole(IntakeKeyFile, spki);
        }
    }

    public long UsedBytes() => new DirectoryInfo(Folder)
        .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
        .Sum(file => SizeOf(file));

    public static void Erase(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Complete and on disk, or not there at all.</summary>
    public void WriteWhole(string path, byte[] content, DateTime? at = null)
    {
        var draft = Path.Combine(Folder, "draft", $"{Path.GetFileName(path)}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}");
        try
        {
            using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            if (at is { } time)
            {
                File.SetLastWriteTimeUtc(draft, time);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    private DateTime? Waiting(string id)
    {
        foreach (var file in new[] { JobFile(id), TakenFile(id) })
        {
            // A file that isn't there has the year 1601. A taken job's content is locked by whoever works on it, its times aren't.
            if (File.GetLastWriteTimeUtc(file) is { Year: > 1601 } asked)
            {
                return asked;
            }
        }

        return null;
    }

    private static long SizeOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private static string Checked(string id) =>
        IdPattern().IsMatch(id) ? id : throw new ArgumentException("A job's id is made of a-z, 0-9 and '-', 100 at most.", nameof(id));

    [GeneratedRegex(@"^[a-z0-9-]{1,100}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern();
}
