using System.CommandLine;
using Egida.Access;
using Egida.Audit;
using Egida.Demo;
using Egida.Evidence;
using Egida.HashBank.Exports;
using Egida.HashBank.Imports;
using Egida.HashBank.Nodes;
using Egida.Matching;
using Egida.Platform.Verbs;

var egida = new RootCommand("Egida, the open national hotline. Each verb is one process or one act of an operator.")
{
    ServeVerb.Command(),
    WorkVerb.Command(),
    LookupVerb.Command(),
    CaptureVerb.Command(),
    MigrateVerb.Command(),
    VerifyAuditVerb.Command(),
    StaffVerb.Command(),
    DemoVerb.Command(),
    DemoFillVerb.Command(),
    HashPdq.Command(),
    ExportHashesVerb.Command(),
    ImportHashesVerb.Command(),
};
try
{
    // A file called «@nick.jpg» is a file, not a list of arguments.
    var parse = egida.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    if (parse.Errors.Count == 0 && Installation.SlipIn(parse.UnmatchedTokens) is { } slip)
    {
        Console.Error.WriteLine($"egida: I don't know what to do with '{slip}'. A setting is given as --Section:Name=value.");
        return 2;
    }

    return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    return 130;
}
catch (Exception e)
{
    // The whole of it is for whoever mends it; an operator needs the sentence.
    Console.Error.WriteLine($"egida: {e.GetBaseException().Message}");
    if (Environment.GetEnvironmentVariable("EGIDA_TRACE") is "1")
    {
        Console.Error.WriteLine(e);
    }
    else if (e is not NotReadyException)
    {
        Console.Error.WriteLine("egida: EGIDA_TRACE=1 before the command shows where it happened.");
    }

    return 1;
}
