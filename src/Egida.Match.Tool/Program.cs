using System.CommandLine;
using Egida.Match.Tool;
using Egida.Match.Tool.Verbs;

// Inside the sandbox this program decodes one hostile file, and does nothing else.
if (args is [SandboxVerb.Name, var path, var mostPixels]) return SandboxVerb.Run(path, mostPixels);

var root = new RootCommand("Looks files up in a signed list of known material, on this machine or at the hotline. Never shows a file.")
{
    ScanVerb.Command(),
    UpdateVerb.Command(),
    ServeVerb.Command(),
    ShowVerb.Command(),
    MakeListVerb.Command(),
    MakeKeyVerb.Command(),
};
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync();
// The library's own code for wrong arguments means something else here.
return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
