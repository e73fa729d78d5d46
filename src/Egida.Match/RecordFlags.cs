namespace Egida.Match;

/// <summary>What a recipient should know before relying on a match.</summary>
[Flags]
public enum RecordFlags
{
    /// <summary>Nothing to remark.</summary>
    None = 0,

    /// <summary>Unrelated pictures come near it (a grid of small pictures, a nearly blank frame): near matches need a look by a person.</summary>
    Collides = 1,

    /// <summary>The victim is identified.</summary>
    VictimIdentified = 2,

    /// <summary>It is known to be distributed.</summary>
    Distributed = 4,

    /// <summary>It belongs to a known series.</summary>
    Series = 8,

    /// <summary>Somebody disputes the record; it holds until that is decided.</summary>
    Disputed = 16,
}
