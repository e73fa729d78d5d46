using System.Security.Cryptography.X509Certificates;
using Egida.Access;
using Egida.Contacts;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Police.Certificates;
using Egida.Police.Sealing;

namespace Egida.Demo;

/// <summary>The simulated police's certificate for every unit, as two people would: one brings it in, another approves it.</summary>
internal static class DemoPolice
{
    public static async Task Fill(IServiceProvider services, string certificateFile, CurrentStaff liaison, CurrentStaff approver, CancellationToken cancellation)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(certificateFile);
        foreach (var unit in services.GetRequiredService<PoliceUnits>().All)
        {
            PoliceCertificateId proposed;
            await using (var scope = services.CreateAsyncScope())
            {
                proposed = await ProposePoliceCertificate.Propose(
                    scope.ServiceProvider.GetRequiredService<ActionBook>(), liaison.Id, unit.Code, certificate, "handed over in person", cancellation);
            }

            await using var deciding = services.CreateAsyncScope();
            await DecidePoliceCertificate.Handle(
                deciding.ServiceProvider.GetRequiredService<ActionBook>(), deciding.ServiceProvider.GetRequiredService<EgidaDb>(), approver.Id, proposed, approve: true,
                Recipient.FingerprintOf(certificate), cancellation);
        }
    }
}
