using Egida.HashSearch;

namespace Egida.Platform.Sandboxing;

/// <summary>What the sandbox found out about a file.</summary>
internal abstract record Inspection
{
    private Inspection() { }

    /// <summary>A short sentence for the item's record; neutral, and nothing in it comes from the file.</summary>
    public abstract string Reason { get; }

    /// <summary>The same as a code for records and filters; null if there is nothing to remark.</summary>
    public abstract string? Mark { get; }

    /// <summary>A picture, or the first frame of an animation or video.</summary>
    internal sealed record Decoded(InspectionRecord Record, TimeSpan? Duration = null) : Inspection
    {
        public MediaKind Kind => Record.Kind;
        public MediaFormat Format => Record.Format;
        public int Width => Record.Width;
        public int Height => Record.Height;

        /// <summary>Frames of an animation, pages of a TIFF; 1 for a video, of which only the first frame was taken.</summary>
        public int Frames => Record.Frames;
        public PdqResult Pdq => new(Record.Pdq[0], Record.Quality);

        /// <summary>The eight hashes in the order of <see cref="Dihedral"/>.</summary>
        public IReadOnlyList<Hash256> TurnedPdq => Record.Pdq;

        public override string Reason => Record.Marks switch
        {
            ContentMarks.None => "decoded",
            ContentMarks.Incomplete => "decoded as far as it goes: the file is damaged or ends early",
            ContentMarks.TrailingData => "decoded; there is other data behind the picture",
            _ => "decoded as far as it goes; the file is damaged and has other data behind the picture",
        };

        public override string? Mark => Record.Marks switch
        {
            ContentMarks.None => null,
            ContentMarks.TrailingData => "trailing-data",
            _ => "incomplete",
        };
    }

    internal sealed record Empty : Inspection
    {
        public override string Reason => "the file is empty";

        public override string? Mark => "empty";
    }

    internal sealed record Unsupported(MediaFormat Format) : Inspection
    {
        public override string Reason => Format switch
        {
            MediaFormat.Unknown => "not a picture or video that is known here",
            _ => $"files of type {Format} are not decoded",
        };

        public override string? Mark => $"unsupported:{Format.ToString().ToLowerInvariant()}";
    }

    internal sealed record Undecodable(MediaFormat Format, string Code, string Why) : Inspection
    {
        public override string Reason => Why;

        public override string? Mark => $"undecodable:{Code}";
    }

    internal sealed record TooLarge(string Code, string Why) : Inspection
    {
        public override string Reason => Why;

        public override string? Mark => $"too-large:{Code}";
    }

    internal sealed record TimedOut(TimeSpan After) : Inspection
    {
        public override string Reason => $"decoding took longer than {After.TotalSeconds:0} seconds and was stopped";

        public override string? Mark => "timed-out";
    }
}
