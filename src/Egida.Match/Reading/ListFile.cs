using System.Security.Cryptography;
using Egida.HashSearch;
using Egida.Match.Format;

namespace Egida.Match.Reading;

/// <summary>One file of a list, opened: its header, tables and indexes. Everything in it was signed, and every byte of it was compared.</summary>
internal sealed class ListFile : IDisposable
{
    private readonly MappedBody _body;
    private readonly List<IDisposable> _open = [];

    private ListFile(string path, FileFront front, MappedBody body)
    {
        (Path, Signed, Note, _body) = (path, front.Signed, front.Note, body);
        _open.Add(body);
        try
        {
            var parts = new ListParts(path, front);
            Records = parts.Table<RecordRow>(ListSection.Records);
            Withdrawn = parts.Table<long>(ListSection.Withdrawn);
            FrameTable = parts.Table<FrameRow>(ListSection.FrameTable);
            Md5 = Keep(DigestPart.Open<Md5Hash>(parts));
            Sha1 = Keep(DigestPart.Open<Sha1Hash>(parts));
            Sha256 = Keep(DigestPart.Open<Sha256Hash>(parts));
            Pdq = Keep(parts.Near(ListSection.Pdq));
            Frames = Keep(parts.Near(ListSection.Frames));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path { get; }

    public SignedHeader Signed { get; }

    public ListHeader Header => Signed.Header;

    /// <summary>The header with its signature, as it is in the file.</summary>
    public string Note { get; }

    public Table<RecordRow> Records { get; }

    public Table<long> Withdrawn { get; }

    public Table<FrameRow> FrameTable { get; }

    public DigestPart<Md5Hash>? Md5 { get; }

    public DigestPart<Sha1Hash>? Sha1 { get; }

    public DigestPart<Sha256Hash>? Sha256 { get; }

    public NearIndex? Pdq { get; }

    public NearIndex? Frames { get; }

    /// <exception cref="ListRefusedException">It can't be used: not a list, damaged, not signed by the right one, made for somebody else, or past its time.</exception>
    public static ListFile Open(string path, ListTrust trust)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        MappedBody? body = null;
        try
        {
            var front = FileFront.Read(path, stream, trust);
            RequireFor(path, front.Signed.Header, trust);
            RequireDigest(path, stream, front);
            body = new(stream, front.BodyAt);
            return new(path, front, body);
        }
        catch (IndexFileException e)
        {
            // The signer's own bytes: nothing that another copy would heal.
            body?.Dispose();
            throw ListRefusedException.Newer(path, e.Problem.ToString());
        }
        catch
        {
            body?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    public ReadOnlySpan<T> Rows<T>(Table<T> table) where T : unmanaged => _body.Rows(table);

    /// <summary>Whether the list says anything about this record: has it, or withdraws it.</summary>
    public bool SpeaksOf(long number) => Rows(Withdrawn).BinarySearch(number) >= 0 || RowOf(number) >= 0;

    /// <summary>The row of a record, or a negative number.</summary>
    public int RowOf(long number)
    {
        var rows = Rows(Records);
        var (from, to) = (0, rows.Length - 1);
        while (from <= to)
        {
            var middle = (int)(((uint)from + (uint)to) / 2);
            if (rows[middle].Number == number) return middle;
            if (rows[middle].Number < number) from = middle + 1;
            else to = middle - 1;
        }
        return -1;
    }

    public void Dispose()
    {
        for (var i = _open.Count - 1; i >= 0; i--) _open[i].Dispose();
    }

    private T? Keep<T>(T? part) where T : class, IDisposable
    {
        if (part is not null) _open.Add(part);
        return part;
    }

    private static void RequireFor(string path, ListHeader header, ListTrust trust)
    {
        if (header.Recipient != trust.Recipient)
        {
            throw new ListRefusedException(ListProblem.WrongRecipient, path, $"was made for '{header.Recipient}' and not for '{trust.Recipient}'",
                "Use the list that was made for you, and tell the hotline how this one came to you.");
        }
        Validity.RequireNotFromTheFuture(path, header, trust.Clock);
    }

    private static void RequireDigest(string path, FileStream stream, FileFront front)
    {
        stream.Position = front.BodyAt;
        using var digest = SHA256.Create();
        if (Convert.ToHexStringLower(digest.ComputeHash(stream)) != front.Signed.BodyDigest)
            throw ListRefusedException.Damaged(path, "its content isn't what was signed");
    }
}
