using System.Globalization;
using Egida.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Egida.Platform.Database;

/// <summary>
/// The one database. Each feature maps its own entities beside them (IEntityTypeConfiguration); use <c>db.Set&lt;T&gt;()</c>.
/// Only <see cref="Actions.ActionContext"/> may save.
/// </summary>
public abstract class EgidaDb(DbContextOptions options)
    : IdentityUserContext<StaffMember, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, IdentityUserToken<Guid>, StaffPasskey>(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(EgidaDb).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        foreach (var type in typeof(EgidaDb).Assembly.GetTypes().Where(t => IdJsonConverter.IsA(t, typeof(IId<>))))
        {
            configurationBuilder.Properties(type).HaveConversion(typeof(IdConverter<>).MakeGenericType(type));
        }

        foreach (var type in typeof(EgidaDb).Assembly.GetTypes().Where(t => IdJsonConverter.IsA(t, typeof(INumber<>))))
        {
            configurationBuilder.Properties(type).HaveConversion(typeof(NumberConverter<>).MakeGenericType(type));
        }

        // SQLite cannot order DateTimeOffset and PostgreSQL wants UTC: every instant is a UTC DateTime.
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        value => value, value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}

/// <summary>Carries the SQLite migrations.</summary>
public sealed class SqliteEgidaDb(DbContextOptions<SqliteEgidaDb> options) : EgidaDb(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var instant in builder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).Where(p => p.FindAnnotation(ExactInstant.Annotation) is not null))
        {
            instant.SetValueConverter(new ExactInstant());
        }
    }
}

/// <summary>SQLite keeps instants as text and its reader forgives much. Where every byte counts, only the one way to write an instant is read.</summary>
public sealed class ExactInstant() : ValueConverter<DateTime, string>(
    at => at.ToString(Format, CultureInfo.InvariantCulture),
    text => DateTime.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal))
{
    /// <summary>Marks a property in its entity's map.</summary>
    public const string Annotation = "Egida:ExactInstant";

    private const string Format = "yyyy'-'MM'-'dd' 'HH':'mm':'ss'.'ffffff";
}

/// <summary>Carries the PostgreSQL migrations.</summary>
public sealed class PostgresEgidaDb(DbContextOptions<PostgresEgidaDb> options) : EgidaDb(options);
