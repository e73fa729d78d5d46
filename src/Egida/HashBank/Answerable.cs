namespace Egida.HashBank;

/// <summary>Which of the records found may be answered as known. Pure: over what was found about one item.</summary>
internal static class Answerable
{
    /// <summary>
    /// Confirmed ones. By its looks only what isn't collision-prone nor in quarantine, and only if it is nearer than everything on the negative list: what looks at
    /// least as much like something harmless says nothing. By its digests also what is in quarantine, if two people stand for it.
    /// </summary>
    public static IEnumerable<BankHit> Among(IReadOnlyCollection<BankHit> hits)
    {
        var silence = hits.Where(h => h.Record is { State: HashRecordState.Confirmed, IsBenign: true } && (IsLook(h.Kind) || Lookup.Proves(h.Kind, h.Record.Sha256 is not null)))
            .Select(h => (int?)h.Distance).Min();
        return hits.Where(h => h.Record.IsUsed && (h.Record.Flags & Silences(h.Kind)) == 0 && !(IsLook(h.Kind) && h.Distance >= silence));
    }

    /// <summary>A hash of what a picture shows, which others may share; not of its bytes.</summary>
    public static bool IsLook(HashKind kind) => kind is HashKind.Pdq or HashKind.PhotoDna or HashKind.Frame;

    private static RecordFlags Silences(HashKind kind) => IsLook(kind) ? RecordFlags.CollisionProne | RecordFlags.Quarantined : RecordFlags.Silenced;
}
