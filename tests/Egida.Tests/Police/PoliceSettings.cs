using System.Security.Cryptography.X509Certificates;
using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Police.Certificates;
using Egida.Police.Sealing;
using Egida.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Police;

internal static class PoliceSettings
{
    public const string National = "KRAJ";

    /// <summary>As two persons would.</summary>
    public static async Task ApprovePoliceCertificate(this EgidaHost host, string file, string unit = National)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
        var id = await host.Propose(certificate, unit);
        var approver = await host.AddStaff(Role.SeniorAnalyst);
        await host.InScope(async (IServiceProvider services) => Assert.IsType<DecidePoliceCertificate.Outcome.Decided>(await DecidePoliceCertificate.Handle(
            services.GetRequiredService<ActionBook>(), services.GetRequiredService<EgidaDb>(), approver, id, approve: true, Recipient.FingerprintOf(certificate), CancellationToken.None)));
    }

    public static async Task<PoliceCertificateId> Propose(this EgidaHost host, X509Certificate2 certificate, string unit = National)
    {
        var liaison = await host.AddStaff(Role.PoliceLiaison);
        return await host.InScope((ActionBook actions) => ProposePoliceCertificate.Propose(actions, liaison, unit, certificate, "handed over in person", CancellationToken.None));
    }
}
