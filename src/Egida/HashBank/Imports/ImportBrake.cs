namespace Egida.HashBank.Imports;

/// <summary>A source that takes back a large part of what it stood for, overnight, is broken or was broken into: a person looks before it takes effect.</summary>
internal sealed class ImportBrake(IConfiguration configuration)
{
    private readonly double share = configuration.GetValue("HashBank:BrakeShare", 0.01);
    private readonly int number = configuration.GetValue("HashBank:BrakeNumber", 1000);

    /// <param name="withdrawn">Within a day, by all of the source's imports that nobody released.</param>
    /// <param name="stood">For how many records the source stood before.</param>
    public bool Holds(long withdrawn, int stood) => withdrawn > Math.Max(number, share * stood);
}
