using Egida.HashSearch;
using Egida.Match.Format;
using Egida.Match.Notes;
using Egida.Match.Writing;

namespace Egida.Match;

/// <summary>
/// Gathers records and withdrawals, and writes them as a signed list for one recipient. What the recipient isn't entitled to recognise by is left out here,
/// so the same records can be given to the writers of all recipients.
/// </summary>
/// <remarks>
/// While it gathers it takes the same memory however many there are; what doesn't fit goes to files in a scratch folder. Writing takes the memory of the largest
/// index in the list, about 30 bytes for each of its hashes. Records that come by ascending number needn't be sorted.
/// </remarks>
public sealed class ListWriter : IDisposable
{
    private readonly ListHeader _header;
    private readonly RecordColumn _records;
    private readonly SortedSet<long> _withdrawn = [];
    private readonly DigestColumn<Md5Hash> _md5;
    private readonly DigestColumn<Sha1Hash> _sha1;
    private readonly DigestColumn<Sha256Hash> _sha256;
    private readonly Column<Hash256> _pdq;
    private readonly Column<int> _pdqRecords;
    private readonly Column<FrameRow> _frames;

    /// <param name="header">What the list is; see there.</param>
    /// <param name="scratch">A folder for what doesn't fit into memory; the system's folder for temporary files unless given.</param>
    /// <exception cref="ArgumentException">The header doesn't hold together; the message says why.</exception>
    public ListWriter(ListHeader header, string? scratch = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (HeaderRules.WhatIsWrong(header) is { } wrong) throw new ArgumentException($"This can't be the header of a list: {wrong}.", nameof(header));
        _header = header;
        scratch ??= Path.GetTempPath();
        (_records, _md5, _sha1, _sha256) = (new(scratch), new(scratch), new(scratch), new(scratch));
        (_pdq, _pdqRecords, _frames) = (new(scratch), new(scratch), new(scratch));
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
        foreach (var frame in frames) _frames.Add(new(frame.Pdq, place, Milliseconds(frame)));
        return true;
    }

    /// <summary>Withdraws a record: from all lists of the series before this one. A delta repeats every withdrawal after the number that it goes on from.</summary>
    public void Withdraw(long number)
    {
        if (number < 1) throw new ArgumentException($"Numbers of records begin at 1, not at {number}.", nameof(number));
        _withdrawn.Add(number);
    }

    /// <summary>Writes the list, once. The file has its name when it is whole and durable; one of that name is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="signer">Who signs it.</param>
    /// <param name="also">Further signers, each on a line of its own: while a key is replaced, recipients of the old one and of the new one can check the list.</param>
    /// <exception cref="InvalidOperationException">A record was added twice, or both added and withdrawn.</exception>
    /// <exception cref="IOException">The disk is full, or something else is in the way. Then there is no new file.</exception>
    public void Save(string path, ListSigner signer, params IReadOnlyList<ListSigner> also)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(also);
        if (_records.HasAny(_withdrawn, out var both)) throw new InvalidOperationException($"Record {both} is in the list and withdrawn by it: one of them.");

        using var body = new BodyWriter(path + ".body");
        var order = _records.Write(body);
        body.AddTable<long>(ListSection.Withdrawn, [.. _withdrawn]);
        _md5.Write(body, order);
        _sha1.Write(body, order);
        _sha256.Write(body, order);
        WritePictures(body, order);
        WriteFrames(body, order);

        var text = HeaderText.Write(new()
        {
            Header = _header,
            Classes = _records.Classes,
            Sections = body.Sections,
            BodyLength = body.Length,
            BodyDigest = body.Digest(),
        });
        ListFileWriter.Write(path, NoteText.Bytes(NoteText.Join(text, [signer.Sign(text), .. also.Select(other => other.Sign(text))])), body);
    }

    /// <summary>Gives back the scratch files.</summary>
    public void Dispose()
    {
        _records.Dispose();
        _md5.Dispose();
        _sha1.Dispose();
        _sha256.Dispose();
        _pdq.Dispose();
        _pdqRecords.Dispose();
        _frames.Dispose();
    }

    private void WritePictures(BodyWriter body, RowOrder order)
    {
        if (_pdq.Count == 0) return;
        using var index = NearIndex.Build(_pdq.All(), order.RowsOf(_pdqRecords.All()));
        body.AddIndex(ListSection.Pdq, index.Save);
    }

    private void WriteFrames(BodyWriter body, RowOrder order)
    {
        if (_frames.Count == 0) return;
        // A stable order: a record's frames stay in order of time.
        var table = order.IsTheSame ? _frames.All() : [.. _frames.All().ToArray().Select(frame => frame with { Row = order.RowOf(frame.Row) }).OrderBy(frame => frame.Row)];
        var (hashes, numbers) = (new Hash256[table.Length], new int[table.Length]);
        for (var i = 0; i < numbers.Length; i++) (hashes[i], numbers[i]) = (table[i].Pdq, i);
        using (var index = NearIndex.Build(hashes, numbers)) body.AddIndex(ListSection.Frames, index.Save);
        body.AddTable(ListSection.FrameTable, table);
    }

    private static int Milliseconds(VideoFrame frame) => (int)Math.Clamp(frame.Seconds * 1000, 0, int.MaxValue);

    private bool Wants(ListKinds kind) => _header.Kinds.HasFlag(kind);
}
