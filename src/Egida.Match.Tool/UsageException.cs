namespace Egida.Match.Tool;

/// <summary>The arguments don't go together. The message says what is right.</summary>
internal sealed class UsageException(string message) : Exception(message);
