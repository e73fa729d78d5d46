using System.CommandLine;
using Egida.Bench;

// One verb per part of the engine; each prints a table for people and, with --json, one flat object for machines.
var root = new RootCommand("Medians of the hash engine on this machine, with its peers and the machine's own bound beside it.");
root.Subcommands.Add(ExactBench.Command());
root.Subcommands.Add(OpaqueBench.Command());
root.Subcommands.Add(Egida.Bench.Robust.RobustBench.Command());
root.Add(NearBench.Command());
root.Subcommands.Add(Egida.Bench.Pdq.PdqBench.Command());
root.Subcommands.Add(LivingBench.Command());
root.Subcommands.Add(Egida.Bench.Video.VideoBench.Command());
root.Subcommands.Add(Egida.Bench.Bank.BankBench.Command());
return root.Parse(args).Invoke();
