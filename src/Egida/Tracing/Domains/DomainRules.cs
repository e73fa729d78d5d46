using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tracing.Domains;

/// <summary>Which rule holds for a host: of those of its domain and the domains above it, the nearest.</summary>
public static class DomainRules
{
    public static async Task<DomainRule?> For(EgidaDb db, string? host, DomainRuleKind kind, CancellationToken cancellation)
    {
        if (host is null)
        {
            return null;
        }

        var domains = Domains(host);
        var rules = await db.Set<DomainRule>().AsNoTracking().Where(r => r.Kind == kind && r.EndedAt == null && domains.Contains(r.Domain)).ToListAsync(cancellation);
        return rules.OrderByDescending(r => r.Domain.Length).ThenByDescending(r => r.SetAt).FirstOrDefault();
    }

    /// <summary>`a.b.example` → `a.b.example`, `b.example`, `example`.</summary>
    internal static IReadOnlyList<string> Domains(string host)
    {
        var labels = host.ToLowerInvariant().TrimEnd('.').Split('.');
        return [.. Enumerable.Range(0, labels.Length).Select(i => string.Join('.', labels[i..]))];
    }
}
