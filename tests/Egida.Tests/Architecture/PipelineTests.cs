using System.Text;
using Egida.HashSearch.Tests;
using Egida.Tests.Harness;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Mono.Cecil;

namespace Egida.Tests.Architecture;

/// <summary>
/// What every request passes, in order. ASP.NET Core keeps no list of its middleware, so the order is read from the compiled calls;
/// what stands before them by itself is read from the registered startup filters.
/// </summary>
public sealed class PipelineTests
{
    [Fact]
    public async Task Every_request_passes_the_approved_steps()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var text = new StringBuilder("# by the framework, before everything else\n");
        foreach (var filter in host.Services.GetServices<IStartupFilter>())
        {
            text.Append($"{filter.GetType().Name}\n");
        }

        text.Append("\n# by EgidaApp.MapEgida\n");
        var map = CompiledCode.Application.GetType("Egida.EgidaApp").Methods.Single(m => m.Name == "MapEgida");
        foreach (var step in Steps(map))
        {
            text.Append($"{step}\n");
        }

        ApprovedFile.Matches(Path.Combine(Repository.Root, "tests/Egida.Tests/Architecture/Pipeline.verified.txt"), text.ToString());
    }

    /// <summary>The calls `app.Use…`, in order; those of the application itself are followed by what they call.</summary>
    private static IEnumerable<string> Steps(MethodDefinition method, int depth = 0) =>
        method.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>()
            .Where(call => call.Name.StartsWith("Use", StringComparison.Ordinal) && IsOfApplication(call))
            .SelectMany(call =>
            {
                var line = $"{new string(' ', depth * 2)}{call.Name}";
                return call.Resolve() is { } own && own.Module == method.Module ? [line, .. Steps(own, depth + 1)] : new[] { line };
            });

    private static bool IsOfApplication(MethodReference call) =>
        call.DeclaringType.Name is "IApplicationBuilder" || call.Parameters.Any(p => p.ParameterType.Name is "IApplicationBuilder" or "WebApplication");
}
