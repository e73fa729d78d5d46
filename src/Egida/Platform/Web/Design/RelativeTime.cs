using System.Globalization;

namespace Egida.Platform.Web.Design;

/// <summary>Instants and durations as people say them, and exactly.</summary>
public static class RelativeTime
{
    /// <summary>"3 h ago", "in 2 d", "just now"; beyond 60 days the date.</summary>
    public static string Say(Words words, DateTime at, DateTime now)
    {
        var distance = now - at;
        var length = distance.Duration();
        if (length.TotalDays > 60)
        {
            return at.ToString("d MMM yyyy", words.Culture);
        }

        return length.TotalSeconds < 45
            ? words["web.time.now"]
            : words.Of(distance > TimeSpan.Zero ? "web.time.ago" : "web.time.ahead", Length(words, length));
    }

    /// <summary>"45 s", "12 min", "3 h", "5 d": one unit, rounded down.</summary>
    public static string Length(Words words, TimeSpan length) => length switch
    {
        { TotalSeconds: < 60 } => words.Of("web.time.seconds", (int)length.TotalSeconds),
        { TotalMinutes: < 60 } => words.Of("web.time.minutes", (int)length.TotalMinutes),
        { TotalHours: < 48 } => words.Of("web.time.hours", (int)length.TotalHours),
        _ => words.Of("web.time.days", (int)length.TotalDays),
    };

    public static string Iso(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Both clocks, to the second: <c>2026-11-23 09:35:12 UTC · 10:35:12 Europe/Warsaw</c>.</summary>
    public static string Exact(DateTime at, TimeZoneInfo zone)
    {
        var utc = DateTime.SpecifyKind(at, DateTimeKind.Utc);
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        var localDay = local.Date == utc.Date ? "" : $"{local:yyyy-MM-dd} ";
        return string.Create(CultureInfo.InvariantCulture, $"{utc:yyyy-MM-dd HH:mm:ss} UTC · {localDay}{local:HH:mm:ss} {zone.Id}");
    }
}
