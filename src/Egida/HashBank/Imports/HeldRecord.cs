namespace Egida.HashBank.Imports;

/// <summary>A record that rows of a batch are about, with everything that was ever said about it.</summary>
internal sealed class HeldRecord(HashRecord record)
{
    public HashRecord Record { get; } = record;

    /// <summary>It was merged into this one: by its hashes the item is recognised, and what is said is said about that one.</summary>
    public HeldRecord? Into { get; set; }

    /// <summary>Others were merged into it: what is offered may be of one of their files.</summary>
    public bool IsSurvivor { get; set; }

    /// <summary>Opened by this batch.</summary>
    public bool IsNew { get; init; }

    /// <summary>Something about it is different after this batch.</summary>
    public bool IsChanged { get; set; }

    /// <summary>In the order in which they were said. Of most records there is one.</summary>
    public List<WhatHolds.Word> Words { get; } = new(1);

    /// <summary>Of an item that was on record.</summary>
    public List<FurtherHash> Further => field ??= [];

    /// <summary>The source's own names of it.</summary>
    public List<string> Keys => field ??= [];

    /// <summary>How often this batch says something about it. Each time is in a statement of its own, as one says one thing about a record.</summary>
    public int SaidNow { get; set; }

    /// <summary>The source's latest word.</summary>
    public WhatHolds.Word? LastOf(short source)
    {
        for (var i = Words.Count - 1; i >= 0; i--)
        {
            if (Words[i].Source == source && Words[i].Person is null)
            {
                return Words[i];
            }
        }

        return null;
    }
}
