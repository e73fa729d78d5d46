namespace Egida.HashBank.Imports;

/// <summary>
/// What a source's rows mean for the bank, one after the other as if each came alone: which item, what is new, what is said. Reads and writes nothing but
/// <paramref name="known"/>, the table of candidates; what holds in the end is for <see cref="WhatHolds"/> alone to say.
/// </summary>
/// <param name="held">Every record on file that a row of the batch can be about.</param>
/// <param name="head">The last numbers given out; goes on with them.</param>
/// <param name="onFile">Records up to this number exist. Those above it were opened by an earlier batch of a dry run.</param>
internal sealed class BatchDecision(
    KnownBank known, IReadOnlyDictionary<int, HeldRecord> held, BankHead head, int onFile, short source, Trust trust, Func<Classification, int> numberOf)
{
    /// <summary>So often a batch says something else about one record. More often, and it ends there.</summary>
    private const int MostStatements = 8;

    private const RecordFlags MayBeSaid = RecordFlags.VictimIdentified | RecordFlags.OffenderIdentified | RecordFlags.Distributed | RecordFlags.Series | RecordFlags.CollisionProne;

    private readonly int firstNew = head.Records + 1;
    private readonly int firstStatement = head.Statements + 1;
    private readonly List<int> candidates = [];
    private (Says Says, int? Classification, RecordFlags Flags, WhatHolds.Result Result)? ofOneWord;
    private readonly BatchPlan plan = new();
    private long opened, joined, same, takenBack, completed;

    public BatchPlan Decide(ReadOnlySpan<PreparedRow> rows)
    {
        plan.New.EnsureCapacity(rows.Length);
        foreach (ref readonly var row in rows)
        {
            if (!Decide(in row))
            {
                break;
            }

            plan.Rows++;
        }

        Finish();
        return plan;
    }

    /// <returns>False if the row belongs into the next batch.</returns>
    private bool Decide(in PreparedRow prepared)
    {
        if (prepared.Row is ImportRow.Refused refused)
        {
            plan.Refused.Add((refused.Place, refused.Code, refused.Detail));
            return true;
        }

        var row = (ImportRow.Item)prepared.Row;
        if (RowProblem.Of(row) is { } problem)
        {
            plan.Refused.Add((row.Place, problem.Code, problem.Detail));
            return true;
        }

        var entry = row.Key is null ? null : OfKey(row.Key, prepared.Key);
        if (!TryFind(row.Hashes, prepared.Prints, out var found))
        {
            plan.Refused.Add((row.Place, "too-many-alike", $"More than {PrintTable.MostAlike} items on record share one of these hashes and differ in another: they were made up."));
            return true;
        }

        if (found is null && candidates.Exists(number => number > onFile && number < firstNew))
        {
            // A dry run keeps no records: it knows only that an earlier row had the same print.
            same++;
            return true;
        }

        if (row.Says == Says.TakesBack)
        {
            return TakeBack(entry ?? found, row.Key);
        }

        if (found is { SaidNow: >= MostStatements } || (entry is { SaidNow: >= MostStatements } && entry != found))
        {
            return false;
        }

        Take(row, prepared, found, entry);
        return true;
    }

    private void Take(ImportRow.Item row, in PreparedRow prepared, HeldRecord? found, HeldRecord? entry)
    {
        var isNew = found is null;
        var record = found ?? Open(row.Hashes, prepared.Prints);
        var completes = !isNew && (!record.IsSurvivor || SameItem.IsOfSurvivor(row.Hashes, record.Record)) && Complete(record, row.Hashes, prepared.Prints);
        if (entry is not null && entry != record)
        {
            // The same entry is about another item now: what it said about the first it doesn't say any more.
            Forget(entry, row.Key!);
        }

        if (row.Key is not null && !record.Keys.Contains(row.Key))
        {
            record.Keys.Add(row.Key);
            plan.EntriesAdded.Add(new SourceEntry { RecordId = record.Record.Id, SourceId = source, Key = row.Key });
            known.Add(prepared.Key, record.Record.Id.Value);
            Touch(record);
        }

        var says = Say(record, row.Says, row.Classification is null ? null : numberOf(row.Classification), row.Flags & MayBeSaid);
        if (isNew) opened++;
        else if (says) joined++;
        else same++;
        if (completes) completed++;
    }

    private bool TakeBack(HeldRecord? record, string? key)
    {
        if (record is { SaidNow: >= MostStatements })
        {
            return false;
        }

        if (record is not null && (key is null ? Retract(record) : Forget(record, key))) takenBack++;
        else same++;
        return true;
    }

    /// <returns>True if the source doesn't stand for the record any more, and did before.</returns>
    private bool Forget(HeldRecord record, string key)
    {
        if (record.Keys.Remove(key))
        {
            var entry = new SourceEntry { RecordId = record.Record.Id, SourceId = source, Key = key };
            if (plan.EntriesAdded.RemoveAll(e => e.RecordId == entry.RecordId && e.Key == key) == 0) plan.EntriesRemoved.Add(entry);
            Touch(record);
        }

        // Another entry of the source is about the same item.
        return record.Keys.Count == 0 && Retract(record);
    }

    private bool Retract(HeldRecord record) => record.LastOf(source) is { IsStance: true } && Say(record, Says.TakesBack, null, RecordFlags.None);

    /// <returns>False if it said exactly this before.</returns>
    private bool Say(HeldRecord record, Says says, int? classification, RecordFlags flags)
    {
        var last = record.LastOf(source);
        if (last is { } word && word.Says == says && word.Classification == classification && word.Flags == flags)
        {
            return false;
        }

        var statement = record.SaidNow++;
        if (statement == plan.Said.Count)
        {
            plan.Said.Add(statement == 0 ? new(plan.New.Capacity) : []);
        }

        plan.Said[statement].Add(new Contribution { RecordId = record.Record.Id, StatementId = firstStatement + statement, Says = says, ClassificationId = classification, Flags = flags });
        record.Words.Add(new WhatHolds.Word(firstStatement + statement, source, trust, null, says, classification, flags));
        plan.StandingChange += (says == Says.TakesBack ? 0 : 1) - (last is { IsStance: true } ? 1 : 0);
        if (last is { Says: Says.Known } && says != Says.Known)
        {
            plan.Withdrawn++;
        }

        Touch(record);
        return true;
    }

    private HeldRecord Open(ItemHashes hashes, ItemPrints prints)
    {
        var record = new HashRecord { Id = new HashRecordId(++head.Records), OpenedBy = firstStatement };
        RecordBook.Complete(record, hashes);
        var opening = new HeldRecord(record) { IsNew = true };
        if (hashes.Further.Count > 0)
        {
            opening.Further.AddRange(RecordBook.FurtherOf(record.Id, hashes));
            plan.Further.AddRange(opening.Further);
        }

        known.Add(record.Id.Value, prints);
        plan.New.Add(opening);
        return opening;
    }

    /// <returns>True if it brought hashes that weren't known of the item.</returns>
    private bool Complete(HeldRecord record, ItemHashes hashes, ItemPrints prints)
    {
        var had = Hashes(record.Record);
        RecordBook.Complete(record.Record, hashes);
        var further = RecordBook.FurtherMissing(record.Record.Id, record.Further, hashes);
        record.Further.AddRange(further);
        plan.Further.AddRange(further);
        if (Hashes(record.Record) == had && further.Count == 0)
        {
            return false;
        }

        known.Add(record.Record.Id.Value, prints);
        Touch(record);
        return true;

        static int Hashes(HashRecord r) => (r.Md5 is null ? 0 : 1) + (r.Sha1 is null ? 0 : 1) + (r.Sha256 is null ? 0 : 1) + (r.Pdq is null ? 0 : 1);
    }

    /// <returns>False if too many are candidates.</returns>
    private bool TryFind(ItemHashes hashes, ItemPrints prints, out HeldRecord? found)
    {
        candidates.Clear();
        Span<ulong> asked = stackalloc ulong[ItemPrints.Most];
        foreach (var print in asked[..prints.Asked(asked)])
        {
            known.Find(print, candidates);
        }

        if (candidates.Count == 0)
        {
            found = null;
            return true;
        }

        found = SameItem.Among(hashes, [.. candidates.Distinct().Select(Get).OfType<HeldRecord>().Select(h => (h.Record, h.Further))]) is { } record
            ? Standing(Get(record.Id.Value)) : null;
        return found is not null || candidates.Count < PrintTable.MostAlike;
    }

    private HeldRecord? OfKey(string key, ulong print)
    {
        candidates.Clear();
        known.Find(print, candidates);
        return candidates.Select(number => Standing(Get(number))).FirstOrDefault(h => h?.Keys.Contains(key) == true);
    }

    /// <summary>What stands for it, if it was merged into another.</summary>
    private static HeldRecord? Standing(HeldRecord? held) => held?.Into ?? held;

    private HeldRecord? Get(int number) =>
        number < firstNew ? held.GetValueOrDefault(number) : number - firstNew < plan.New.Count ? plan.New[number - firstNew] : null;

    private void Touch(HeldRecord record)
    {
        if (!record.IsChanged)
        {
            record.IsChanged = true;
            if (!record.IsNew) plan.Changed.Add(record);
        }
    }

    /// <summary>The rule over all that was said now and before, and the numbers of the changes: first of what is new, as it lies together.</summary>
    private void Finish()
    {
        var contradicting = 0L;
        foreach (var record in plan.New) Finish(record);
        foreach (var record in plan.Changed) Finish(record);

        foreach (var said in plan.Said)
        {
            // Most are in order already: new records follow each other.
            said.Sort((a, b) => a.RecordId.Value.CompareTo(b.RecordId.Value));
        }

        head.Statements += plan.Said.Count;
        plan.Counts = new ImportCounts { New = opened, Joined = joined, Same = same, TakenBack = takenBack, Completed = completed, Refused = plan.Refused.Count, Contradicting = contradicting };

        void Finish(HeldRecord record)
        {
            record.Record.Take(record is { IsNew: true, Words: [var word] } ? OfOneWord(word) : WhatHolds.Of(record.Words));
            record.Record.Change = ++head.Changes;
            if (record.SaidNow > 1 || (record.SaidNow > 0 && record.Words.Count > 1 && WhatHolds.IsContradicted(record.Words))) contradicting++;
        }
    }

    /// <summary>What holds about a record of which one word was said is the same for all with the same word, and most have the same as the one before.</summary>
    private WhatHolds.Result OfOneWord(WhatHolds.Word word)
    {
        if (ofOneWord is not { } last || last.Says != word.Says || last.Classification != word.Classification || last.Flags != word.Flags)
        {
            ofOneWord = last = (word.Says, word.Classification, word.Flags, WhatHolds.Of([word]));
        }

        return last.Result;
    }
}
