using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Egida.Audit;

/// <summary>Appends to the log inside the action's own transaction: no entry, no act.</summary>
public sealed class AuditLog(EgidaDb db, AuditKey key)
{
    // Any number that nothing else locks: one appender at a time on PostgreSQL. SQLite has one writer anyway.
    private const long AppendLock = 0x4567_6964_6131;

    internal async Task<long> Append(ActionContext action, IReadOnlyList<DomainEvent> events, CancellationToken cancellation)
    {
        await Wait(cancellation);
        var head = await Head(cancellation);
        var tree = new MerkleTree(head.Size, head.Edge);
        var salt = action.Reason is null ? null : RandomNumberGenerator.GetBytes(16);
        var data = Canonical(head.Size, action, events, salt);
        tree.Append(MerkleTree.Leaf(Encoding.UTF8.GetBytes(data)));
        var root = tree.Root();
        db.Add(new AuditEntry
        {
            Seq = head.Size,
            At = action.Now,
            Action = action.Kind.Name,
            Actor = action.Actor.Name,
            Subject = action.Subject,
            Data = data,
            Reason = action.Reason,
            ReasonSalt = salt,
            Root = root,
            Signature = Checkpoint.Sign(key.Signing, tree.Size, root),
        });
        head.Size = tree.Size;
        head.Edge = tree.Edge;
        return tree.Size - 1;
    }

    /// <summary>Inside a transaction: until it ends, nobody else appends.</summary>
    internal async Task Wait(CancellationToken cancellation)
    {
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AppendLock})", cancellation);
        }
    }

    private async Task<AuditHead> Head(CancellationToken cancellation)
    {
        // Another process may have appended since this scope first read it.
        var head = await db.Set<AuditHead>().SingleOrDefaultAsync(cancellation);
        if (head is null)
        {
            head = new AuditHead { Id = 1, Size = 0, Edge = [] };
            db.Add(head);
            return head;
        }

        await db.Entry(head).ReloadAsync(cancellation);
        return head;
    }

    private static string Canonical(long seq, ActionContext action, IReadOnlyList<DomainEvent> events, byte[]? salt)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", seq);
            json.WriteString("at", action.Now);
            json.WriteString("action", action.Kind.Name);
            json.WriteString("actor", action.Actor.Name);
            json.WriteString("subject", action.Subject);
            if (salt is not null)
            {
                json.WriteString("reason", Convert.ToHexStringLower(ReasonCommitment(salt, action.Reason!)));
            }

            json.WriteStartArray("events");
            foreach (var fact in events)
            {
                json.WriteStartObject();
                json.WriteString("type", fact.GetType().Name);
                json.WritePropertyName("data");
                JsonSerializer.Serialize(json, fact, fact.GetType(), DomainEvent.Json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    internal static byte[] ReasonCommitment(byte[] salt, string reason) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(reason)]);
}

/// <summary>The key that signs every state of the log. It lies in the key folder, not in the database.</summary>
public sealed class AuditKey(KeyFolder keys) : IDisposable
{
    internal ECDsa Signing { get; } = keys.Signing("audit");

    public void Dispose() => Signing.Dispose();
}
