using Egida.HashBank.Clusters;
using Egida.HashSearch;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.HashBank.Clusters;

/// <summary>Whatever changes in whatever order, the clusters are those that going through all records from nothing would give.</summary>
public sealed class RegroupingTests
{
    private const int Records = 60;

    /// <param name="Bits">The look: so many bits from the group's, from a place in it.</param>
    private readonly record struct Act(int Record, bool TakesPart, int Group, int From, int Bits);

    [Fact]
    public void Changes_in_any_order_end_where_working_it_out_from_nothing_ends() =>
        Prop.ForAll(Batches().ToArbitrary(), batches =>
        {
            var bank = new Bank();
            foreach (var batch in batches)
            {
                bank.Do(batch);
                Assert.Equal(Clustering.FromNothing(bank.Now), bank.Kept);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_chain_of_lookalikes_is_not_one_cluster()
    {
        var bank = new Bank();
        bank.Do([.. Enumerable.Range(0, 20).Select(i => new Act(i + 1, TakesPart: true, Group: 0, From: 0, Bits: 10 * i))]);

        Assert.All(bank.Kept, member => Assert.True(bank.Now[member.Key].Distance(bank.Now[member.Value.Representative]) <= Neighbourhood.Radius));
        Assert.Equal(10, bank.Kept.Values.Select(m => m.Representative).Distinct().Count());
    }

    [Fact]
    public void A_crowd_that_loses_its_first_has_another_first()
    {
        var bank = new Bank();
        bank.Do([.. Enumerable.Range(1, 600).Select(i => new Act(i, TakesPart: true, Group: 0, From: i % 7, Bits: 1))]);
        Assert.Equal([1], bank.Kept.Values.Select(m => m.Representative).Distinct());

        bank.Do([new Act(1, TakesPart: false, 0, 0, 0)]);

        Assert.Equal([2], bank.Kept.Values.Select(m => m.Representative).Distinct());
        Assert.Equal(598, bank.Kept.Count);
    }

    [Fact]
    public void Of_a_crowd_few_looks_are_asked_for_together_and_of_others_many()
    {
        var bank = new Bank { MostFound = 300 };
        bank.Do([.. Enumerable.Range(1, 200).Select(i => new Act(i, TakesPart: true, Group: 0, From: i % 7, Bits: 1))]);
        Assert.Equal(Clustering.FromNothing(bank.Now), bank.Kept);
        Assert.All(bank.Asked, search => Assert.InRange(search.Found, 0, 300));

        bank = new Bank();
        bank.Do([.. Enumerable.Range(1, 600).Select(i => new Act(i, TakesPart: true, Group: i, From: 0, Bits: 0))]);
        Assert.Equal(600, bank.Asked.Sum(s => s.Looks));
        Assert.InRange(bank.Asked.Count, 1, 10);
    }

    [Fact]
    public void A_crowd_behind_others_is_met_unprepared_only_at_first()
    {
        var bank = new Bank { MostFound = 500 };
        bank.Do([.. Enumerable.Range(1, 500).Select(i => new Act(i, TakesPart: true, Group: i <= 100 ? i : 0, From: i % 7, Bits: 1))]);

        Assert.Equal(Clustering.FromNothing(bank.Now), bank.Kept);
        Assert.InRange(bank.Asked.Count(s => s.Found > 500), 0, 2);
    }

    private static Gen<List<List<Act>>> Batches() =>
        (from record in Gen.Choose(1, Records)
         from takesPart in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
         from at in Gen.Choose(0, 2)
         from start in Gen.Choose(0, 40)
         from bits in Gen.Choose(0, 12)
         select new Act(record, takesPart, at, start, bits)).ListOf().Select(l => l.ToList()).ListOf().Select(l => l.ToList());

    /// <summary>A bank in memory whose near index knows every look that a record ever had.</summary>
    private sealed class Bank : IClusterSource
    {
        private readonly List<(int Record, Hash256 Look)> index = [];
        private readonly MemberSet members = new();
        private readonly Dictionary<int, ClusterMember> rows = [];

        public int MostFound { get; init; } = 1 << 20;

        /// <summary>Of each search, how many looks were asked for and how many matches there were.</summary>
        public List<(int Looks, int Found)> Asked { get; } = [];

        public SortedDictionary<int, Hash256> Now { get; } = [];

        public SortedDictionary<int, (int Representative, int Distance)> Kept => new(rows.ToDictionary(r => r.Key, r => (r.Value.Representative.Value, (int)r.Value.Distance)));

        public void Do(List<Act> acts)
        {
            foreach (var act in acts)
            {
                Now.Remove(act.Record);
                if (!act.TakesPart) continue;
                var look = LookOf(act);
                Now.Add(act.Record, look);
                index.Add((act.Record, look));
            }

            var regrouped = new Regrouping(this, members, MostFound);
            regrouped.Run(acts.Select(a => a.Record), CancellationToken.None).GetAwaiter().GetResult();
            foreach (var (record, row) in regrouped.Moved)
            {
                members[record] = row is not null;
                if (row is null) rows.Remove(record);
                else rows[record] = row;
            }
        }

        public Task<Dictionary<int, Hash256>> Looks(IReadOnlyCollection<int> records, CancellationToken cancellation) =>
            Task.FromResult(records.Where(Now.ContainsKey).ToDictionary(r => r, r => Now[r]));

        public void Near(ReadOnlySpan<Hash256> looks, NearMatches matches)
        {
            using var near = NearIndex.Build([.. index.Select(i => i.Look)], [.. index.Select(i => i.Record)]);
            var before = matches.Count;
            near.FindAll(looks, Neighbourhood.Radius, matches);
            Asked.Add((looks.Length, matches.Count - before));
        }

        public Task<List<ClusterMember>> Members(IReadOnlyCollection<int> records, CancellationToken cancellation) =>
            Task.FromResult(rows.Values.Where(r => records.Contains(r.RecordId.Value) || records.Contains(r.Representative.Value)).ToList());

        private static Hash256 LookOf(Act act)
        {
            var code = Egida.Tests.HashBank.Bank.Look(act.Group).ToByteArray();
            for (var bit = act.From; bit < act.From + act.Bits; bit++) code[bit % 256 / 8] ^= (byte)(1 << (bit % 8));
            return Hash256.FromBytes(code);
        }
    }
}
