using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Egida.Bench;

/// <summary>Figures under their names, in the order they were taken: a table on the screen and one flat JSON object.</summary>
internal sealed class Report(string bench)
{
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _figures = new()
    {
        ["bench"] = bench,
        ["taken"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["processor"] = Machine.Processor,
        ["processors"] = Environment.ProcessorCount,
        ["runtime"] = Environment.Version.ToString(),
    };

    public void Add(string name, string value)
    {
        _figures[name] = value;
        Print(name, value);
    }

    /// <param name="value">Kept with four significant digits; no measurement here is worth more.</param>
    public void Add(string name, double value)
    {
        var rounded = double.IsFinite(value) && value != 0
            ? Math.Round((decimal)value, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 9))
            : 0;
        _figures[name] = rounded;
        Print(name, rounded.ToString("#,0.#########", CultureInfo.InvariantCulture));
    }

    public void Add(string name, long value)
    {
        _figures[name] = value;
        Print(name, value.ToString("#,0", CultureInfo.InvariantCulture));
    }

    /// <summary>Says what is going on; it takes a while.</summary>
    public static void Step(string doing) => Console.Error.WriteLine($"… {doing}");

    public void Save(FileInfo? json)
    {
        if (json is null) return;
        json.Directory?.Create();
        File.WriteAllText(json.FullName, _figures.ToJsonString(s_readable) + "\n");
    }

    private static void Print(string name, string value) => Console.WriteLine($"{name,-44} {value,20}");
}
