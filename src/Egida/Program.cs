using System.CommandLine;
using Egida.Access;
using Egida.Audit;
using Egida.Demo;
using Egida.Evidence;
using Egida.Matching;
using Egida.Platform.Verbs;

var egida = new RootCommand("Egida, the open national hotline. Each verb is one process or one act of an operator.")
{
    ServeVerb.Command(),
    WorkVerb.Command(),
    CaptureVerb.Command(),
    MigrateVerb.Command(),
    VerifyAuditVerb.Command(),
    StaffVerb.Command(),
    DemoVerb.Command(),
    HashPdq.Command(),
};
return await egida.Parse(args).InvokeAsync();
