using System.Text.Json;

namespace Egida.Evidence.Capture;

/// <summary>
/// A job in the hands of one capture process. The lock on the taken file is the system's own and ends with the process, so whoever finds a taken
/// job unlocked knows that its owner died and takes it up again.
/// </summary>
internal sealed class TakenJob : IDisposable
{
    /// <summary>A job that killed its process this often is given back as failed instead of killing the next one.</summary>
    private const int MostTries = 3;

    private readonly Spool spool;
    private readonly FileStream mine;

    private TakenJob(Spool spool, FileStream mine, SpoolJob job, int tries) =>
        (this.spool, this.mine, Job, DiedTooOften) = (spool, mine, job, tries > MostTries);

    public SpoolJob Job { get; }

    public bool DiedTooOften { get; }

    /// <summary>The next job: first those whose process died, then new ones, oldest first. Null when there is none.</summary>
    public static TakenJob? Next(Spool spool)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(spool.Folder, "taken"), "*.json"))
        {
            if (Lock(spool, Path.GetFileNameWithoutExtension(file)) is { } left)
            {
                return left;
            }
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(spool.Folder, "jobs"), "*.json").OrderBy(File.GetLastWriteTimeUtc))
        {
            var id = Path.GetFileNameWithoutExtension(file);
            try
            {
                File.Move(file, spool.TakenFile(id));
            }
            catch (IOException)
            {
                // Somebody else was faster.
                continue;
            }

            if (Lock(spool, id) is { } taken)
            {
                return taken;
            }
        }

        return null;
    }

    /// <summary>A fresh place for the drop in the making; what a dead process left there is gone.</summary>
    public string Draft()
    {
        var draft = spool.DraftFolder(Job.Id);
        Spool.Erase(draft);
        Directory.CreateDirectory(draft);
        return draft;
    }

    /// <summary>Hands the drop over: complete, or not at all.</summary>
    public void Publish(string draft, Manifest manifest)
    {
        using (var stream = new FileStream(Path.Combine(draft, "manifest.json"), FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(stream, manifest, Manifest.Json);
            stream.Flush(flushToDisk: true);
        }

        if (Directory.Exists(spool.DropFolder(Job.Id)))
        {
            // Its owner died between handing over and closing: the first drop stands.
            Spool.Erase(draft);
        }
        else
        {
            Directory.Move(draft, spool.DropFolder(Job.Id));
        }

        spool.IsFull = false;
        Close();
    }

    /// <summary>Not now: the job goes back as it was. The other side sees why as long as nothing could be handed over since.</summary>
    public void GiveBack(bool full)
    {
        if (full)
        {
            spool.IsFull = true;
        }

        Spool.Erase(spool.DraftFolder(Job.Id));
        File.Delete(TriesFile(spool, Job.Id));
        File.Move(spool.TakenFile(Job.Id), spool.JobFile(Job.Id));
    }

    public void Dispose() => mine.Dispose();

    private static TakenJob? Lock(Spool spool, string id)
    {
        FileStream mine;
        try
        {
            mine = new FileStream(spool.TakenFile(id), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }

        try
        {
            // The owner may have finished between our opening the file and its lock coming free.
            if (File.Exists(spool.TakenFile(id)) && JsonSerializer.Deserialize<SpoolJob>(mine, Manifest.Json) is { } job && job.Id == id)
            {
                using (var tries = new FileStream(TriesFile(spool, id), FileMode.Append))
                {
                    tries.WriteByte(1);
                }

                return new TakenJob(spool, mine, job, (int)new FileInfo(TriesFile(spool, id)).Length);
            }
        }
        catch (JsonException)
        {
            // Not written by us: left where it is for the operator.
        }
        catch
        {
            mine.Dispose();
            throw;
        }

        mine.Dispose();
        return null;
    }

    private static string TriesFile(Spool spool, string id) => $"{spool.TakenFile(id)}.tries";

    private void Close()
    {
        File.Delete(TriesFile(spool, Job.Id));
        File.Delete(spool.TakenFile(Job.Id));
    }
}
