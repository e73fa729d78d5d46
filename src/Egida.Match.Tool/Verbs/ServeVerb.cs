using System.CommandLine;
using System.Net;
using Egida.Match.Tool.Serving;

namespace Egida.Match.Tool.Verbs;

/// <summary>Answers as HMA does, from lists on this machine.</summary>
internal static class ServeVerb
{
    private static readonly Option<string> s_listen = new("--listen")
    {
        Description = "Where to listen; whoever reaches it may ask, so leave it to this machine alone",
        DefaultValueFactory = static _ => "127.0.0.1:5000",
        HelpName = "ADDRESS:PORT",
    };

    public static Command Command()
    {
        var list = new ListArguments();
        var digests = new Option<bool>("--digests-only") { Description = "Don't decode pictures: files can't be sent as photo, and no sandbox is needed" };
        var command = new Command("serve", "Answer look-ups of programs that ask HMA (Hasher-Matcher-Actioner) otherwise; newer lists are taken in without a stop") { s_listen, digests };
        list.AddTo(command);
        command.SetAction((arguments, cancel) => Failures.Report(async () =>
        {
            if (!IPEndPoint.TryParse(arguments.GetRequiredValue(s_listen), out var at) || at.Port == 0) throw new UsageException("--listen takes an address and a port, such as 127.0.0.1:5000.");
            using var banks = new Banks(arguments.GetRequiredValue(list.Lists), list.Trust(arguments, TimeProvider.System), Say);
            await using var sidecar = await Sidecar.Start(banks, at, hashesPictures: !arguments.GetValue(digests), TimeProvider.System, Say, cancel);
            Say($"{string.Join(", ", banks.All.Select(bank => bank.Name))} at {sidecar.Address}");
            if (!IPAddress.IsLoopback(at.Address)) Say("other machines can ask: let only those through that may.");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return ExitCodes.NothingKnown;
        }));
        return command;
    }

    private static void Say(string text) => Console.Error.WriteLine($"egida-match: {text}");
}
