using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Egida.Platform.Telemetry;

/// <summary>With <c>Telemetry:OtlpEndpoint</c> set, traces and figures go to that collector (OTLP over gRPC); without it nothing leaves the process.</summary>
internal static class TelemetryFeature
{
    private const string Web = "Microsoft.AspNetCore";

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        // At Information ASP.NET Core writes path and query of every request, and what staff search for stands in a query.
        services.AddLogging(log => log.AddFilter(Web, LogLevel.Warning));
        // .NET 10 leaves method and status out of its traces unless asked.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        if (configuration["Telemetry:OtlpEndpoint"] is not { Length: > 0 } setting)
        {
            return services;
        }

        if (!Uri.TryCreate(setting, UriKind.Absolute, out var collector) || collector.Scheme is not ("http" or "https"))
        {
            throw new InvalidOperationException("Telemetry:OtlpEndpoint must be an address such as http://127.0.0.1:4317, or be left out.");
        }

        return services
            .AddSingleton(_ => Traces(export => export.AddOtlpExporter(otlp => To(otlp, collector))))
            .AddSingleton(_ => Figures(export => export.AddOtlpExporter(otlp => To(otlp, collector))))
            .AddHostedService<Running>();
    }

    internal static TracerProvider Traces(Func<TracerProviderBuilder, TracerProviderBuilder> export) =>
        // The processor stands before the exporter: what it takes away was never sent.
        export(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource()).AddSource(EgidaTelemetry.Name, Web).AddProcessor(new KnownTagsOnly())).Build();

    internal static MeterProvider Figures(Func<MeterProviderBuilder, MeterProviderBuilder> export) =>
        export(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter(EgidaTelemetry.Name, $"{Web}.Hosting")
            .AddView("*", new MetricStreamConfiguration { TagKeys = [.. KnownTagsOnly.Known] })).Build();

    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty().AddService("egida", autoGenerateServiceInstanceId: false);

    private static void To(OtlpExporterOptions otlp, Uri collector)
    {
        otlp.Endpoint = collector;
        otlp.ExportProcessorType = ExportProcessorType.Batch;
    }

    /// <summary>Made with the host and ended with it, so that the last batch is sent.</summary>
    private sealed class Running(TracerProvider traces, MeterProvider figures) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.ForceFlush(2000);
            figures.ForceFlush(2000);
            return Task.CompletedTask;
        }
    }
}
