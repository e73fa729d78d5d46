namespace Egida.Platform.Mail;

/// <summary>
/// What to do next about one message, given every attempt so far. The promise: no message is lost, and at most two copies arrive, the second
/// one marked as a possible duplicate.
/// </summary>
public abstract record NextAttempt
{
    private const int MaxPossibleCopies = 2;

    private NextAttempt()
    {
    }

    public sealed record Send(int Ordinal, bool PossibleDuplicate) : NextAttempt;

    /// <summary>A server has it; nothing is to be sent.</summary>
    public sealed record Delivered(MailAttempt By) : NextAttempt;

    public sealed record Refused(MailAttempt By) : NextAttempt;

    /// <summary>Two copies may have arrived and no server said so: a person must ask the recipient.</summary>
    public sealed record AskPerson : NextAttempt;

    public static NextAttempt Decide(IReadOnlyCollection<MailAttempt> attempts)
    {
        var last = attempts.MaxBy(a => a.Ordinal);
        var maybeDelivered = attempts.Count(a => a.State is MailAttemptState.Begun or MailAttemptState.Unknown);
        return attempts.FirstOrDefault(a => a.State is MailAttemptState.Accepted) is { } accepted ? new Delivered(accepted)
            : last is { State: MailAttemptState.RefusedForGood } ? new Refused(last)
            : maybeDelivered >= MaxPossibleCopies ? new AskPerson()
            : new Send((last?.Ordinal ?? 0) + 1, maybeDelivered > 0);
    }
}
