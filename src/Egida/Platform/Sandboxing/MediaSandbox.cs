namespace Egida.Platform.Sandboxing;

/// <summary>
/// Finds out what a hostile file is, with its hashes and small copies, without this process ever decoding a byte of it. One
/// confined process per file; a crash, a hang or a lie in there is an outcome, not an error.
/// </summary>
internal sealed class MediaSandbox(SandboxLimits limits, TimeProvider clock)
{
    private readonly FirstFrame _firstFrame = new(limits, clock);

    public MediaSandbox(TimeProvider clock) : this(SandboxLimits.Default, clock) { }

    /// <summary>Inspects what is in the stream, reading no more than the limit.</summary>
    /// <exception cref="SandboxUnavailableException">This machine can't confine a decoder.</exception>
    public async Task<Inspection> Inspect(Stream content, CancellationToken cancel) =>
        await ReadAll(content, cancel) is { } bytes ? await Inspect(bytes, cancel) : TooManyBytes();

    /// <summary>Takes the frames out of the video that is in the stream, reading no more than the limit.</summary>
    /// <exception cref="SandboxUnavailableException">This machine can't confine a decoder.</exception>
    public async Task<FrameTaking> TakeFrames(Stream content, CancellationToken cancel)
    {
        if (await ReadAll(content, cancel) is not { } bytes) return new FrameTaking.Refused(TooManyBytes());

        var (record, failure) = await Read(bytes, cancel);
        if (record is null) return new FrameTaking.Refused(failure!);
        if (record.Status != InspectionStatus.NeedsFirstFrame) return new FrameTaking.NoVideo(Outcome(record));

        var sampled = await new FrameSampling(limits, FrameLimits.Default, clock).Sample(bytes, record.Format, cancel);
        if (sampled.Frames.Count == 0)
            return new FrameTaking.Refused(sampled.End == FramesEnd.Deadline ? new Inspection.TimedOut(FrameLimits.Default.Deadline) : NoFrame(record.Format));
        var duration = await _firstFrame.Duration(bytes, record.Format, cancel);
        return new FrameTaking.Taken(record.Format, FrameChoice.Of(sampled.Frames), FrameChoice.EndOf(sampled, duration), duration);
    }

    /// <inheritdoc cref="Inspect(Stream, CancellationToken)"/>
    public async Task<Inspection> Inspect(ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        if (content.Length > limits.ContentBytes) return TooManyBytes();

        var (record, failure) = await Read(content, cancel);
        if (record is null) return failure!;
        return record.Status == InspectionStatus.NeedsFirstFrame ? await Video(content, record.Format, cancel) : Outcome(record);
    }

    /// <summary>Returns if a known good picture can be inspected here.</summary>
    /// <exception cref="SandboxUnavailableException">It can't; the message says what is missing.</exception>
    public async Task Prove(CancellationToken cancel)
    {
        var run = await Look(KnownGoodPicture.Png, cancel);
        if (!InspectionRecord.TryRead(run.Output, out var record) || record.Status != InspectionStatus.Decoded)
            throw new SandboxUnavailableException($"a harmless picture can't be decoded under confinement ({run.Complaint}, exit code {run.ExitCode})");
    }

    private async Task<(InspectionRecord? Record, Inspection? Failure)> Read(ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var run = await Look(content, cancel);
        if (run.TimedOut) return (null, new Inspection.TimedOut(limits.Deadline));
        if (InspectionRecord.TryRead(run.Output, out var record)) return (record, null);

        // Is it this file, or does nothing run here? A known good file decides.
        await Prove(cancel);
        return (null, Ending(run));
    }

    private Task<ConfinedRun> Look(ReadOnlyMemory<byte> content, CancellationToken cancel) =>
        ConfinedProcess.Run(
            SandboxProgram.Confine(Confinement.Of(limits)), content, path => SandboxProgram.Command(path, limits.Pixels),
            InspectionRecord.ByteLength, clock, cancel);

    private async Task<Inspection> Video(ReadOnlyMemory<byte> content, MediaFormat format, CancellationToken cancel)
    {
        var frame = await _firstFrame.Extract(content, format, cancel);
        if (frame.TimedOut) return new Inspection.TimedOut(limits.Deadline);
        if (frame.Png.IsEmpty) return NoFrame(format);

        // Only a picture counts now: a video that brings forth another video ends here.
        return await Read(frame.Png, cancel) switch
        {
            ({ Status: InspectionStatus.Decoded } record, _) =>
                new Inspection.Decoded(record.AsVideo(format), await _firstFrame.Duration(content, format, cancel)),
            ({ Status: InspectionStatus.TooManyPixels } record, _) => Outcome(record),
            (null, { } failure) => failure,
            _ => NoFrame(format),
        };
    }

    private Inspection Outcome(InspectionRecord record) => record.Status switch
    {
        InspectionStatus.Decoded => new Inspection.Decoded(record),
        InspectionStatus.Empty => new Inspection.Empty(),
        InspectionStatus.Unsupported => new Inspection.Unsupported(record.Format),
        InspectionStatus.TooManyPixels => new Inspection.TooLarge("pixels", $"more than {limits.Pixels / 1_000_000} megapixels"),
        _ => new Inspection.Undecodable(record.Format, "damaged", "the file is damaged beyond decoding"),
    };

    private static Inspection.Undecodable Ending(ConfinedRun run)
    {
        var (code, why) = run switch
        {
            { TooMuchOutput: true } => ("too-much-output", "the decoder wrote more than it may and was stopped"),
            { ExitCode: 0 } => ("malformed-answer", "the decoder's answer is malformed"),
            { ExitCode: 128 + 24 or 128 + 9 } => ("processor-time", "decoding used more processor time than allowed and was stopped"),
            _ => ("decoder-broke", "the decoder broke down, perhaps for lack of memory"),
        };
        return new(MediaFormat.Unknown, code, why);
    }

    /// <returns>Null if there are more bytes than allowed.</returns>
    private async Task<ReadOnlyMemory<byte>?> ReadAll(Stream content, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await content.ReadAsync(buffer, cancel)) > 0)
        {
            if (bytes.Length + read > limits.ContentBytes) return null;
            bytes.Write(buffer, 0, read);
        }
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private static Inspection.Undecodable NoFrame(MediaFormat format) => new(format, "no-frame", "no frame of the video can be decoded");

    private Inspection TooManyBytes() => new Inspection.TooLarge("bytes", $"larger than {limits.ContentBytes >> 20} MB");
}
