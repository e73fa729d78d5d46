using Egida.Decoding;

// One hostile file per process. Runs only under the restraints that the application puts on it (Platform/Sandboxing there):
// no network, nothing to read but libraries, little memory and time. Out goes one record of fixed size, whatever happens.
// usage: Egida.MediaSandbox PATH MAX-PIXELS
var path = args[0];
var mostPixels = long.Parse(args[1]);

var record = Inspect.File(path, mostPixels);

using var output = Console.OpenStandardOutput();
output.Write(record.ToBytes());
return 0;
