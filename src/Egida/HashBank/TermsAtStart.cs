using Egida.HashBank.Disputes;
using Egida.HashBank.Sampling;

namespace Egida.HashBank;

/// <summary>Reads the country's terms when a process starts: what is missing in its folder is said to whoever starts it, and not to the first person who opens a page weeks later.</summary>
internal sealed class TermsAtStart(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<SamplingTerms>();
        services.GetRequiredService<DisputeTerms>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
