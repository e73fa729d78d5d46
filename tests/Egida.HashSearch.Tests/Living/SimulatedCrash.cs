namespace Egida.HashSearch.Tests.Living;

/// <summary>The process has ended here. Not an <see cref="IOException"/>: nobody can handle it.</summary>
internal sealed class SimulatedCrash : Exception;
