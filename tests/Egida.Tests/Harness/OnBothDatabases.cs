using System.Reflection;
using Xunit.Sdk;

namespace Egida.Tests.Harness;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>Runs the theory once on SQLite and once on PostgreSQL: <c>[Theory, OnBothDatabases]</c> and a parameter <c>DatabaseKind database</c> first.</summary>
/// <remarks>Further arguments are crossed with both: <c>[OnBothDatabases("a", 1)]</c>.</remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnBothDatabasesAttribute(params object[] arguments) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [[DatabaseKind.Sqlite, .. arguments], [DatabaseKind.Postgres, .. arguments]];
}
