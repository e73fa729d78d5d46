namespace Egida.HashBank.Disputes;

/// <summary>The labels that somebody may choose who assesses anew, and what this hotline's law makes of them: from whoever knows the country's labels.</summary>
/// <param name="Read">Given the codes that were chosen per group.</param>
public sealed record FreshLabels(IReadOnlyList<FreshLabels.Group> Groups, Func<Func<string, IReadOnlyList<string>>, FreshLabels.Reading> Read)
{
    /// <param name="Name">By language.</param>
    public sealed record Group(string Code, IReadOnlyDictionary<string, string> Name, bool IsMany, bool IsRequired, IReadOnlyList<Label> Labels);

    public sealed record Label(string Code, IReadOnlyDictionary<string, string> Name);

    public abstract record Reading
    {
        private Reading()
        {
        }

        public sealed record Complete(Classification Classification) : Reading;

        /// <param name="Groups">Those that need an answer, or got one that doesn't exist.</param>
        public sealed record Missing(IReadOnlyList<string> Groups) : Reading;
    }
}
