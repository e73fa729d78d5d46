namespace Egida.HashSearch;

/// <summary>The PDQ hash of a picture.</summary>
/// <param name="Hash">The 256 bits; all zero for a picture with a side under 5 pixels.</param>
/// <param name="Quality">
/// 0 to 100: how much structure the picture has. Under 50 the hash says little (flat pictures all look alike) and is
/// usually not matched.
/// </param>
public readonly record struct PdqResult(Hash256 Hash, int Quality);
