namespace Egida.HashBank;

/// <summary>
/// Labels in words. The bank keeps codes; who knows the country's labels says what they are called. Null: a label of another scheme, of which
/// only the code is known.
/// </summary>
/// <param name="Group">Group, language.</param>
/// <param name="Label">Group, label, language.</param>
public sealed record LabelNames(Func<string, string, string?> Group, Func<string, string, string, string?> Label);
