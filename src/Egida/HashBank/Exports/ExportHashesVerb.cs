using System.CommandLine;
using System.Globalization;
using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Verbs;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Exports;

/// <summary>`egida export-hashes --format NAME --out FILE --by USER [--since N] [--label GROUP:CODE]`.</summary>
internal static class ExportHashesVerb
{
    private const int BadInput = 2;

    public static Command Command()
    {
        Option<string> format = new("--format") { Description = "The form of the file: vics, icse, ncmec or csv.", Required = true };
        Option<FileInfo> output = new("--out") { Description = "The file to write; there mustn't be one yet.", Required = true };
        Option<string> by = new("--by") { Description = "User name of who hands it out: they must hold the right to admit hash partners.", Required = true };
        Option<long> since = new("--since") { Description = "The change up to which the recipient has everything, as the last export printed it. Without it: everything." };
        Option<string?> label = new("--label") { Description = "Only records with this label, as GROUP:CODE." };
        var command = new Command("export-hashes", "Write our own confirmed hashes to a file for a partner. Who exported what is in the log.") { format, output, by, since, label };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parse, cancellation) =>
        {
            using var host = WorkVerb.Build(Installation.OrDemo([.. parse.UnmatchedTokens]));
            await Installation.Require(host.Services, cancellation);
            await using var scope = host.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            var forms = services.GetServices<IExportFormat>().ToDictionary(f => f.Name, StringComparer.Ordinal);
            if (!forms.TryGetValue(parse.GetValue(format)!, out var form))
            {
                return Refuse($"There is no format '{parse.GetValue(format)}'. There are: {string.Join(", ", forms.Keys.Order(StringComparer.Ordinal))}.");
            }

            if (parse.GetValue(since) < 0)
            {
                return Refuse("--since is the number that the last export printed.");
            }

            if (await StaffVerb.Find(services, parse.GetValue(by)!, cancellation) is not { DisabledAt: null } staff || !await May(services.GetRequiredService<EgidaDb>(), staff, cancellation))
            {
                return Refuse("--by must name somebody who may come in and holds the right to admit hash partners: see ./egida staff list.");
            }

            try
            {
                var done = await services.GetRequiredService<ExportHashes>().Handle(new(form, parse.GetValue(since), parse.GetValue(label), parse.GetValue(output)!.FullName, staff.StaffId), cancellation);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done.Records:#,0} records, SHA-256 {done.Digest}"));
                if (done.NotCarried > 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done.NotCarried:#,0} records have no hash that this form has a place for."));
                Console.WriteLine($"The next export to the same recipient: --since {done.Until}");
                return 0;
            }
            catch (ExportImpossibleException e)
            {
                return Refuse(e.Message);
            }
        });
        return command;
    }

    private static async Task<bool> May(EgidaDb db, StaffMember staff, CancellationToken cancellation)
    {
        var roles = await db.Set<StaffRole>().AsNoTracking().Where(r => r.Staff == staff.StaffId).Select(r => r.Role).ToListAsync(cancellation);
        return roles.Exists(role => RightsTable.Holds(role, Right.AdmitHashPartner));
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine($"egida: {why}");
        return BadInput;
    }
}
