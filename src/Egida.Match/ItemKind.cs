namespace Egida.Match;

/// <summary>What kind of file a record is about.</summary>
public enum ItemKind
{
    /// <summary>Something else, or not known.</summary>
    Other = 0,

    /// <summary>A picture.</summary>
    Picture = 1,

    /// <summary>A video.</summary>
    Video = 2,
}
