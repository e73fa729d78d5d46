using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Egida.Simulators;

/// <summary>Bearer and refresh tokens of ICCAM v3.</summary>
internal sealed class IccamSessions
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> bearers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> refreshes = new(StringComparer.Ordinal);

    public TimeSpan LifeTime { get; set; } = TimeSpan.FromMinutes(30);

    public object Open()
    {
        var (bearer, refresh) = (Token(), Token());
        bearers[bearer] = DateTimeOffset.UtcNow + LifeTime;
        refreshes[refresh] = bearer;
        return new { bearerToken = bearer, refreshToken = refresh, bearerTokenExpiresIn = (int)LifeTime.TotalSeconds };
    }

    /// <summary>A refresh token works once and only with the bearer token that it came with.</summary>
    public object? Refresh(string? bearer, string? refresh)
    {
        if (bearer is null || refresh is null || !refreshes.TryRemove(new(refresh, bearer)))
            return null;
        bearers.TryRemove(bearer, out _);
        return Open();
    }

    public bool Holds(string? authorization) =>
        authorization?.StartsWith("Bearer ", StringComparison.Ordinal) == true
        && bearers.TryGetValue(authorization[7..], out var until) && until > DateTimeOffset.UtcNow;

    public void Close(string? authorization)
    {
        if (authorization?.StartsWith("Bearer ", StringComparison.Ordinal) == true)
            bearers.TryRemove(authorization[7..], out _);
    }

    /// <summary>Everybody's token is worthless from now on.</summary>
    public void ExpireAll() => bearers.Clear();

    private static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
