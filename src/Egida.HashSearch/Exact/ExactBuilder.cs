using System.Runtime.InteropServices;
using Egida.HashSearch.Kernels;

namespace Egida.HashSearch.Exact;

/// <summary>Puts the digests of a list into the lines.</summary>
/// <remarks>
/// First every digest goes home where there is room, which takes in five of six. Then for each of the others one digest of its home
/// goes to its other line. Where all these are full, one of the digests there makes room by going to its own other place, and so on.
/// A digest that is without a place after many such moves joins the sorted rest, and so do all that come after many moves altogether:
/// hostile lists cost memory and a few comparisons, never time without end.
/// </remarks>
internal sealed unsafe class ExactBuilder<TDigest> where TDigest : unmanaged, IDigest<TDigest>
{
    private const int Block = 64;
    private const int MostMoves = 500;

    // Honest lists need one move for ten digests.
    private const int MovesPerRecord = 2;


    private readonly ExactTable<TDigest> _table;
    private readonly List<int> _homeless = [];
    private readonly Dictionary<TDigest, int> _rest = [];
    private readonly List<ulong> _shared = [];
    private TDigest* _digests;
    private uint _victim;
    private long _movesLeft;

    /// <param name="table">Its lines must be zero.</param>
    public ExactBuilder(ExactTable<TDigest> table) => (_table, _movesLeft) = (table, MostMoves + (long)MovesPerRecord * table.Shape.Records);

    /// <summary>How many more times a digest may be moved for another one.</summary>
    public long MovesLeft => _movesLeft;

    /// <summary>The digests without a place in the lines, each with its first record.</summary>
    public IReadOnlyDictionary<TDigest, int> Rest => _rest;

    /// <summary>The records that aren't the first with their digest: the first's number above their own.</summary>
    public List<ulong> Shared => _shared;

    /// <param name="digests">As many as the table's shape says.</param>
    public void Run(ReadOnlySpan<TDigest> digests, CancellationToken cancellation)
    {
        fixed (TDigest* all = digests)
        {
            _digests = all;
            FillTails();
            for (var start = 0; start < digests.Length; start += Block)
            {
                cancellation.ThrowIfCancellationRequested();
                GoHome(start, Math.Min(Block, digests.Length - start));
            }
            for (var start = 0; start < _homeless.Count; start += Block)
            {
                cancellation.ThrowIfCancellationRequested();
                FindRoom(start, Math.Min(Block, _homeless.Count - start));
            }
        }
    }

    private void FillTails()
    {
        var length = ExactTable<TDigest>.TailBytes;
        if (length == 0) return;
        for (long i = 0; i < _table.Shape.Records; i++)
            NativeMemory.Copy((byte*)(_digests + i + 1) - length, _table.Tails + i * length, (nuint)length);
    }

    private void GoHome(int start, int count)
    {
        var places = stackalloc ExactPlace[Block];
        for (var i = 0; i < count; i++)
        {
            places[i] = _table.Place(_digests + start + i);
            IntoSecondCache.Ask(_table.Line(places[i].Home));
        }
        for (var i = 0; i < count; i++)
        {
            var line = _table.Line(places[i].Home);
            if (IsKnown(line, start + i, places[i], ExactLine.Taken)) continue;
            var slot = ExactLine.Empty(line);
            if (slot < ExactLine.Slots) Put(line, slot, Guest(start + i, places[i]), ExactLine.Taken);
            else _homeless.Add(start + i);
        }
    }

    private void FindRoom(int start, int count)
    {
        var places = stackalloc ExactPlace[Block];
        for (var i = 0; i < count; i++)
        {
            places[i] = _table.Place(_digests + _homeless[start + i]);
            IntoSecondCache.Ask(_table.Line(places[i].Home));
            IntoSecondCache.Ask(_table.Line(_table.Shape.Other(places[i].Home, places[i].Spread)));
        }
        for (var i = 0; i < count; i++) FindRoom(_homeless[start + i], places[i]);
    }

    private void FindRoom(int id, in ExactPlace place)
    {
        var other = _table.Line(_table.Shape.Other(place.Home, place.Spread));
        if (IsKnown(_table.Line(place.Home), id, place, ExactLine.Taken)
            || IsKnown(other, id, place, ExactLine.Taken | ExactLine.Away)
            || IsInRest(id))
        {
            return;
        }
        if (!TrySendAway(id, place, other)) Settle(Guest(id, place), place.Home);
    }

    /// <summary>
    /// Sends one digest of a full home to its other line if there is room: the new one, else one of those that live here. Whichever goes,
    /// one more digest is away; the walk below sends more of them, and each costs its look-ups a second line.
    /// </summary>
    private bool TrySendAway(int id, in ExactPlace place, byte* other)
    {
        var room = ExactLine.Empty(other);
        if (room < ExactLine.Slots)
        {
            ExactLine.Warn<TDigest>(_table.Line(place.Home), place.Spread);
            Put(other, room, Guest(id, place), ExactLine.Taken | ExactLine.Away);
            return true;
        }
        var home = _table.Line(place.Home);
        for (var slot = 0; slot < ExactLine.Slots; slot++)
        {
            if ((ExactLine.States(home)[slot] & ExactLine.Where) != ExactLine.Taken) continue;
            var resident = ExactGuest.In(home, slot);
            var elsewhere = _table.Line(_table.Shape.Other(place.Home, resident.Spread(_table.Shape)));
            room = ExactLine.Empty(elsewhere);
            if (room == ExactLine.Slots) continue;
            ExactLine.Warn<TDigest>(home, resident.Spread(_table.Shape));
            Put(elsewhere, room, resident, ExactLine.Taken | ExactLine.Away);
            Put(home, slot, Guest(id, place), ExactLine.Taken);
            return true;
        }
        return false;
    }

    /// <summary>Finds a place for a digest that isn't at home, moving others if it must.</summary>
    private void Settle(ExactGuest guest, long home)
    {
        var (at, where) = (home, ExactLine.Taken);
        for (var move = 0; move < MostMoves && _movesLeft > 0; move++, _movesLeft--)
        {
            // To the place it isn't in: from home away, from away home.
            if (where == ExactLine.Taken)
            {
                ExactLine.Warn<TDigest>(_table.Line(at), guest.Spread(_table.Shape));
                (at, where) = (_table.Shape.Other(at, guest.Spread(_table.Shape)), ExactLine.Taken | ExactLine.Away);
            }
            else
            {
                (at, where) = (_table.Shape.HomeOf(at, guest.Spread(_table.Shape)), ExactLine.Taken);
            }

            var line = _table.Line(at);
            var slot = ExactLine.Empty(line);
            if (slot < ExactLine.Slots)
            {
                Put(line, slot, guest, where);
                return;
            }
            slot = (int)((_victim = _victim * 1664525 + 1013904223) >> 16) % ExactLine.Slots;
            var evicted = ExactGuest.In(line, slot);
            var evictedWhere = ExactLine.States(line)[slot] & ExactLine.Where;
            Put(line, slot, guest, where);
            (guest, where) = (evicted, evictedWhere);
        }
        if (where == ExactLine.Taken) ExactLine.Warn<TDigest>(_table.Line(at), guest.Spread(_table.Shape));
        var id = guest.Id(_table.Shape);
        _rest.Add(_digests[id], id);
    }

    private ExactGuest Guest(int id, in ExactPlace place) => new(
        place.Second,
        place.Rest | (uint)id & (1ul << _table.Shape.IdBits) - 1,
        ExactLine.HasThird<TDigest>() ? ((uint*)(_digests + id))[4] : 0,
        (byte)(id >> _table.Shape.IdBits));

    private static void Put(byte* line, int slot, in ExactGuest guest, int where)
    {
        ExactLine.Seconds(line)[slot] = guest.Second;
        ExactLine.Rests(line)[slot] = guest.Rest;
        if (ExactLine.HasThird<TDigest>()) ExactLine.Thirds(line)[slot] = guest.Third;
        ExactLine.States(line)[slot] = (byte)(guest.State & ~ExactLine.Where | where);
    }

    private bool IsKnown(byte* line, int id, in ExactPlace place, int where)
    {
        var slot = _table.Slot(line, _digests + id, place, where);
        if (slot < 0) return false;
        ExactLine.States(line)[slot] |= ExactLine.Shared;
        Share(_table.Id(line, slot), id);
        return true;
    }

    private bool IsInRest(int id)
    {
        if (_rest.Count == 0 || !_rest.TryGetValue(_digests[id], out var first)) return false;
        Share(first, id);
        return true;
    }

    private void Share(int first, int other) => _shared.Add((ulong)(uint)first << 32 | (uint)other);
}
