using System.Runtime.InteropServices;

namespace Egida.Bench;

/// <summary>What a result is worth depends on where it was taken.</summary>
internal static class Machine
{
    /// <summary>The processor's own name, such as "AMD EPYC 9354"; of virtual machines often less.</summary>
    public static string Processor { get; } = ReadProcessor();

    private static string ReadProcessor()
    {
        try
        {
            var lines = File.ReadLines("/proc/cpuinfo").Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
                .Select(parts => (Name: parts[0].Trim(), Value: parts[1].Trim())).ToList();
            string? Of(string name) => lines.FirstOrDefault(line => line.Name == name).Value;
            return $"{Of("model name") ?? RuntimeInformation.ProcessArchitecture.ToString()} (family {Of("cpu family")} model {Of("model")})";
        }
        catch (IOException)
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }
    }
}
