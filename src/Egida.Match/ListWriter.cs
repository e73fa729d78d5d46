using System.Runtime.InteropServices;
using Egida.HashSearch;
using Egida.Match.Format;
using Egida.Match.Notes;
using Egida.Match.Writing;

namespace Egida.Match;

/// <summary>
/// Gathers records and withdrawals, and writes them as a signed list for one recipient. What the recipient isn't entitled to recognise by is left out here,
/// so the same records can be given to the writers of all recipients.
/// </summary>
/// <remarks>Needs memory for what it gathers: about 16 bytes a record and the hashes, and once more while an index of them is built.</remarks>
public sealed class ListWriter
{
    private readonly ListHeader _header;
    private readonly RecordColumn _records = new();
    private readonly SortedSet<long> _withdrawn = [];
    private readonly DigestColumn<Md5Hash> _md5 = new();
    private readonly DigestColumn<Sha1Hash> _sha1 = new();
    private readonly DigestColumn<Sha256Hash> _sha256 = new();
    private readonly List<Hash256> _pdq = [];
    private readonly List<int> _pdqRecords = [];
    private readonly List<(int Record, VideoFrame Frame)> _frames = [];

    /// <param name="header">What the list is; see there.</param>
    /// <exception cref="ArgumentException">The header doesn't hold together; the message says why.</exception>
    public ListWriter(ListHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (HeaderRules.WhatIsWrong(header) is { } wrong) throw new ArgumentException($"This can't be the header of a list: {wrong}.", nameof(header));
        _header = header;
    }

    /// <summary>How many records the list will have.</summary>
    public int Count => _records.Count;

    /// <summary>Adds a record. Without effect if the recipient isn't entitled to anything that it could be recognised by.</summary>
    /// <returns>Whether it will be in the list.</returns>
    /// <exception cref="ArgumentException">Its number or class isn't one.</exception>
    public bool Add(ListRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Number < 1) throw new ArgumentException($"Numbers of records begin at 1, not at {record.Number}.", nameof(record));
        var frames = Wants(ListKinds.Frames) ? record.Frames.Where(frame => frame.Quality >= VideoHash.SmallestQuality).OrderBy(frame => frame.Seconds).ToList() : [];
        var count = (Wants(ListKinds.Md5) ? record.Md5.Count : 0) + (Wants(ListKinds.Sha1) ? record.Sha1.Count : 0)
            + (Wants(ListKinds.Sha256) ? record.Sha256.Count : 0) + (Wants(ListKinds.Pdq) ? record.Pdq.Count : 0) + frames.Count;
        if (count == 0) return false;

        var place = _records.Add(record);
        if (Wants(ListKinds.Md5)) _md5.Add(record.Md5, place);
        if (Wants(ListKinds.Sha1)) _sha1.Add(record.Sha1, place);
        if (Wants(ListKinds.Sha256)) _sha256.Add(record.Sha256, place);
        foreach (var hash in Wants(ListKinds.Pdq) ? record.Pdq : [])
        {
            _pdq.Add(hash);
            _pdqRecords.Add(place);
        }
        foreach (var frame in frames) _frames.Add((place, frame));
        return true;
    }

    /// <summary>Withdraws a record: from all lists of the series before this one. A delta repeats every withdrawal after the number that it goes on from.</summary>
    public void Withdraw(long number)
    {
        if (number < 1) throw new ArgumentException($"Numbers of records begin at 1, not at {number}.", nameof(number));
        _withdrawn.Add(number);
    }

    /// <summary>Writes the list. The file has its name when it is whole and durable; one of that name is replaced.</summary>
    /// <exception cref="InvalidOperationException">A record was added twice, or both added and withdrawn.</exception>
    /// <exception cref="IOException">The disk is full, or something else is in the way. Then there is no new file.</exception>
    public void Save(string path, ListSigner signer)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(signer);
        if (_records.HasAny(_withdrawn, out var both)) throw new InvalidOperationException($"Record {both} is in the list and withdrawn by it: one of them.");

        using var body = new BodyWriter(path + ".body");
        var (rows, rowOf) = _records.Sorted();
        body.AddTable<RecordRow>(ListSection.Records, rows);
        body.AddTable<long>(ListSection.Withdrawn, [.. _withdrawn]);
        _md5.Write(body, rowOf);
        _sha1.Write(body, rowOf);
        _sha256.Write(body, rowOf);
        WritePictures(body, rowOf);
        WriteFrames(body, rowOf);

        var text = HeaderText.Write(new()
        {
            Header = _header,
            Classes = _records.Classes,
            Sections = body.Sections,
            BodyLength = body.Length,
            BodyDigest = body.Digest(),
        });
        ListFileWriter.Write(path, NoteText.Bytes(signer.Sign(text)), body);
    }

    private void WritePictures(BodyWriter body, int[] rowOf)
    {
        if (_pdq.Count == 0) return;
        using var index = NearIndex.Build(CollectionsMarshal.AsSpan(_pdq), [.. _pdqRecords.Select(record => rowOf[record])]);
        body.AddIndex(ListSection.Pdq, index.Save);
    }

    private void WriteFrames(BodyWriter body, int[] rowOf)
    {
        if (_frames.Count == 0) return;
        // A stable order: a record's frames stay in order of time.
        FrameRow[] table = [.. _frames.Select(frame => new FrameRow(frame.Frame.Pdq, rowOf[frame.Record], Milliseconds(frame.Frame))).OrderBy(row => row.Row)];
        using (var index = NearIndex.Build([.. table.Select(row => row.Pdq)], [.. Enumerable.Range(0, table.Length)])) body.AddIndex(ListSection.Frames, index.Save);
        body.AddTable<FrameRow>(ListSection.FrameTable, table);
    }

    private static int Milliseconds(VideoFrame frame) => (int)Math.Clamp(frame.Seconds * 1000, 0, int.MaxValue);

    private bool Wants(ListKinds kind) => _header.Kinds.HasFlag(kind);
}
