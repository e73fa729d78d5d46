namespace Egida.Platform.Web.Design;

/// <summary>What is wrong with one field of a form: the field's name and a sentence that says what to do.</summary>
public sealed record FormError(string Field, string Message);

/// <summary>One of several answers: radios, checkboxes or a list.</summary>
public sealed record Choice(string Value, string Label, string? Hint = null);

/// <summary>How wide an input is: as wide as what belongs in it.</summary>
public enum FieldWidth
{
    Full,
    Medium,
    Short,
}

/// <summary>The one act of the page, another act, a link-like act, an act that can't be undone.</summary>
public enum ButtonKind
{
    Primary,
    Secondary,
    Quiet,
    Caution,
}

/// <summary>What a box or badge means. Each has its own shape, colour and word.</summary>
public enum Tone
{
    Neutral,
    Calm,
    Good,
    Attention,
    Urgent,
}
