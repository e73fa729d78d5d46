namespace Egida.HashBank.Index.Digests;

/// <summary>
/// The newest entries, in memory. One thread adds, any number look without waiting for it: an entry is written before anything leads to it, and never changes. Entries
/// of one place are chained, so that the same digest a million times costs no more than others.
/// </summary>
internal sealed class FreshDigests
{
    private const int First = 1 << 10;

    private Table table = new(First);
    private int count;

    public int Count => Volatile.Read(ref count);

    public void Add(ulong key, int number)
    {
        var into = table;
        if (count == into.Keys.Length)
        {
            into = into.Grown(count);
            Volatile.Write(ref table, into);
        }

        into.Put(count, key, number);
        Volatile.Write(ref count, count + 1);
    }

    public void Find(ulong key, int asked, ICollection<Candidate> found)
    {
        var looked = Volatile.Read(ref table);
        for (var at = looked.Begin(key); at > 0; at = looked.Older[at - 1])
        {
            if (looked.Keys[at - 1] == key) found.Add(new Candidate(asked, looked.Numbers[at - 1]));
        }
    }

    public bool Contains(ulong key, int number)
    {
        var looked = Volatile.Read(ref table);
        for (var at = looked.Begin(key); at > 0; at = looked.Older[at - 1])
        {
            if (looked.Keys[at - 1] == key && looked.Numbers[at - 1] == number) return true;
        }

        return false;
    }

    /// <summary>Of all of them the keys and the numbers, by key and then by number, once nothing is added any more.</summary>
    public (ulong[] Keys, int[] Numbers) Sorted()
    {
        var (keys, numbers) = (table.Keys[..count], table.Numbers[..count]);
        Array.Sort(keys, numbers);
        for (var i = 0; i < keys.Length;)
        {
            var end = i + 1;
            while (end < keys.Length && keys[end] == keys[i]) end++;
            if (end > i + 1) Array.Sort(numbers, i, end - i);
            i = end;
        }

        return (keys, numbers);
    }

    private sealed class Table(int capacity)
    {
        private readonly int[] heads = new int[capacity];

        public ulong[] Keys { get; } = new ulong[capacity];

        public int[] Numbers { get; } = new int[capacity];

        /// <summary>The place, from 1, of the entry that was added before in the same chain.</summary>
        public int[] Older { get; } = new int[capacity];

        public int Begin(ulong key) => Volatile.Read(ref heads[(int)key & (heads.Length - 1)]);

        public void Put(int at, ulong key, int number)
        {
            ref var head = ref heads[(int)key & (heads.Length - 1)];
            (Keys[at], Numbers[at], Older[at]) = (key, number, head);
            Volatile.Write(ref head, at + 1);
        }

        public Table Grown(int count)
        {
            var larger = new Table(2 * capacity);
            for (var i = 0; i < count; i++)
            {
                larger.Put(i, Keys[i], Numbers[i]);
            }

            return larger;
        }
    }
}
