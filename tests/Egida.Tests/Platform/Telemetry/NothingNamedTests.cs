using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Egida.Platform.Telemetry;
using Egida.Platform.Work;
using Egida.Tests.Harness;
using Egida.Tests.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Egida.Tests.Platform.Telemetry;

/// <summary>What is reported, and the receipt, must not be found in what the operator sees: traces, log lines, the problems of work.</summary>
public sealed class NothingNamedTests
{
    private const string Canary = "kanarek-7f3a";

    [Fact]
    public async Task Neither_traces_nor_logs_nor_problems_name_what_was_reported()
    {
        var sent = new Sent();
        var log = new Lines();
        string code;
        List<string> problems;
        using (OpenTelemetryTraces(sent))
        {
            await using var world = await TestWorld.Start();
            await using var host = await EgidaHost.Start(DatabaseKind.Sqlite, new Dictionary<string, string>(world.TracingSettings())
            {
                ["Logging:LogLevel:Default"] = "Information",
                ["Tracing:DnsTimeout"] = "00:00:02",
            });
            host.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
            using var reporter = host.Anonymous();
            code = await reporter.Report($"http://{Canary}.example/strona\nhttp://galeria.example/{Canary}?{Canary}=1");
            await reporter.LookUp($"{Canary} 4711");
            Assert.Equal(HttpStatusCode.NotFound, (await reporter.Get($"/pl/{Canary}?{Canary}={Canary}")).Status);
            await host.RunWork();
            problems = await host.Read(db => db.Set<WorkItem>().Where(w => w.LastProblem != null).Select(w => w.LastProblem!).ToListAsync());
        }

        Assert.Contains(sent.Texts, t => t == "http.request.method=POST");
        Assert.Contains("http.route=/{language:language}/report/", sent.Texts);
        Assert.Contains(sent.Texts, t => t.StartsWith("work tracing.", StringComparison.Ordinal));
        Assert.NotEmpty(log.Written);
        Assert.All(sent.Texts.Concat(log.Written).Concat(problems), text =>
        {
            Assert.DoesNotContain(Canary, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(code, text, StringComparison.Ordinal);
            Assert.DoesNotContain(string.Concat(code.Where(char.IsAsciiDigit)), text, StringComparison.Ordinal);
        });
        Assert.DoesNotContain(sent.Texts, t => t.StartsWith("client.", StringComparison.Ordinal) || t.StartsWith("url.", StringComparison.Ordinal) || t.StartsWith("user_agent", StringComparison.Ordinal));
    }

    [Fact]
    public void An_activity_that_carries_the_text_of_an_exception_is_not_sent()
    {
        var sent = new Sent();
        using var source = new ActivitySource("Egida");
        using (OpenTelemetryTraces(sent))
        using (var activity = source.StartActivity("work sample.exception"))
        {
            activity!.AddException(new InvalidOperationException(Canary));
        }

        Assert.DoesNotContain("work sample.exception", sent.Texts);
    }

    [Fact]
    public async Task A_collector_that_is_away_stops_nothing()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite, new Dictionary<string, string> { ["Telemetry:OtlpEndpoint"] = "http://127.0.0.1:9" });
        using var client = host.Anonymous();

        Assert.Equal(HttpStatusCode.OK, (await client.Get("/pl")).Status);
    }

    [Fact]
    public async Task A_collector_that_is_no_address_is_named_at_the_start()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => EgidaHost.Start(DatabaseKind.Sqlite, new Dictionary<string, string> { ["Telemetry:OtlpEndpoint"] = "here" }));

        Assert.Contains("Telemetry:OtlpEndpoint", refusal.Message, StringComparison.Ordinal);
    }

    private static TracerProvider OpenTelemetryTraces(Sent sent) =>
        TelemetryFeature.Traces(export => export.AddProcessor(new SimpleActivityExportProcessor(sent)));

    private sealed class Sent : BaseExporter<Activity>
    {
        public ConcurrentBag<string> Texts { get; } = [];

        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var activity in batch)
            {
                Texts.Add(activity.DisplayName);
                Texts.Add(activity.TraceStateString ?? "");
                foreach (var tag in activity.TagObjects)
                {
                    Texts.Add($"{tag.Key}={tag.Value}");
                }
            }

            return ExportResult.Success;
        }
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Written.Add($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
