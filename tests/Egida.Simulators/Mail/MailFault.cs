namespace Egida.Simulators;

/// <summary>How the server treats mail for one recipient.</summary>
public enum MailFault
{
    None,

    /// <summary>451 to RCPT TO: try again later.</summary>
    TryLater,

    /// <summary>550 to RCPT TO: nobody of that name.</summary>
    NoSuchMailbox,

    /// <summary>552 after DATA: too large.</summary>
    Refused,

    /// <summary>The connection breaks after DATA, and the message isn't kept.</summary>
    LostBeforeKeeping,

    /// <summary>The message is kept, but the connection breaks before the sender learns it: it will come twice.</summary>
    LostAfterKeeping,

    /// <summary>The answer to DATA comes after five seconds.</summary>
    Slow,
}
