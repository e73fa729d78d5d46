namespace Egida.HashSearch;

/// <summary>The eight ways to lay a picture on the table. Values are the order of the reference's output and of Egida's records.</summary>
public enum Dihedral
{
    /// <summary>As it is.</summary>
    Original = 0,

    /// <summary>Turned by 90°, anticlockwise.</summary>
    Rotate90 = 1,

    /// <summary>Upside down.</summary>
    Rotate180 = 2,

    /// <summary>Turned by 270° anticlockwise.</summary>
    Rotate270 = 3,

    /// <summary>Top and bottom exchanged.</summary>
    FlipX = 4,

    /// <summary>Left and right exchanged, as in a mirror.</summary>
    FlipY = 5,

    /// <summary>Rows and columns exchanged: mirrored along the diagonal from the upper left.</summary>
    FlipPlus = 6,

    /// <summary>Mirrored along the other diagonal.</summary>
    FlipMinus = 7,
}
