using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Nodes;

/// <summary>Where look-ups are read: the database of all, or a standby of it (<see cref="NodeOptions.ReadFrom"/>).</summary>
internal sealed class LookupDatabase
{
    private readonly DbContextOptions<PostgresEgidaDb>? standby;

    public LookupDatabase(IOptions<NodeOptions> options) =>
        standby = options.Value.ReadFrom is { Length: > 0 } connection ? new DbContextOptionsBuilder<PostgresEgidaDb>().UseNpgsql(connection).Options : null;

    public bool IsStandby => standby is not null;

    /// <summary>For reading only.</summary>
    public EgidaDb? Standby() => standby is null ? null : new PostgresEgidaDb(standby);

    public Opened Open(IServiceProvider services) =>
        Standby() is { } own ? new Opened(own, isOwn: true) : new Opened(services.GetRequiredService<EgidaDb>(), isOwn: false);

    internal readonly struct Opened(EgidaDb db, bool isOwn) : IAsyncDisposable
    {
        public EgidaDb Db => db;

        public ValueTask DisposeAsync() => isOwn ? db.DisposeAsync() : ValueTask.CompletedTask;
    }
}
