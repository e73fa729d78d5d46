using System.Globalization;
using Egida.Match;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Lists;

/// <summary>A key that signs lists. The private half is in the key folder alone.</summary>
public sealed class HashListKey
{
    /// <summary>1, 2, 3 …</summary>
    public required int Id { get; init; }

    /// <summary>What recipients check with, as one line.</summary>
    public required string Line { get; init; }

    public required DateTime BeganAt { get; init; }

    /// <summary>Until then it signs beside the one that took its place; null for the newest.</summary>
    public DateTime? EndsAt { get; internal set; }
}

internal sealed class HashListKeyMap : IEntityTypeConfiguration<HashListKey>
{
    public void Configure(EntityTypeBuilder<HashListKey> builder)
    {
        builder.ToTable("hash_list_keys");
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Line).HasMaxLength(400);
    }
}

/// <summary>The keys in use: the newest, and the one before as long as partners haven't all got the new one.</summary>
internal sealed class ListKeys(EgidaDb db, KeyFolder folder, IOptions<ListOptions> options)
{
    /// <summary>Those that sign at this time, the oldest first: that is the one that every partner has.</summary>
    public Task<List<HashListKey>> Signing(DateTime now, CancellationToken cancellation) =>
        db.Set<HashListKey>().Where(k => k.EndsAt == null || k.EndsAt > now).OrderBy(k => k.Id).ToListAsync(cancellation);

    /// <summary>The first key, if there is none. Part of the caller's action.</summary>
    public async Task RequireOne(ActionContext action, CancellationToken cancellation)
    {
        if (!await db.Set<HashListKey>().AnyAsync(cancellation))
        {
            Begin(action, 1);
        }
    }

    /// <summary>Another key begins to sign, those before end after a time.</summary>
    public async Task<HashListKey> Replace(ActionContext action, CancellationToken cancellation)
    {
        var keys = await db.Set<HashListKey>().OrderBy(k => k.Id).ToListAsync(cancellation);
        foreach (var key in keys.Where(k => k.EndsAt is null))
        {
            key.EndsAt = action.Now + options.Value.KeyOverlap;
        }

        return Begin(action, keys.Count == 0 ? 1 : keys[^1].Id + 1);
    }

    /// <summary>The pairs, to sign with; to be disposed of.</summary>
    public System.Security.Cryptography.ECDsa Pair(HashListKey key) => folder.Signing(NameOf(key.Id));

    public string Name => $"{options.Value.Origin}/lists";

    private HashListKey Begin(ActionContext action, int id)
    {
        using var pair = folder.Signing(NameOf(id));
        var key = new HashListKey { Id = id, Line = ListKey.Of(Name, pair).ToString(), BeganAt = action.Now };
        action.Db.Add(key);
        return key;
    }

    private static string NameOf(int id) => string.Create(CultureInfo.InvariantCulture, $"list-signing-{id}");
}
