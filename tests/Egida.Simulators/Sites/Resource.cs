using System.Text;

namespace Egida.Simulators;

/// <summary>What one address of a site answers. The body is made when first asked for.</summary>
public sealed class Resource(string contentType, Func<byte[]> make, int status = 200)
{
    private readonly Lazy<byte[]> body = new(make);

    public string ContentType { get; } = contentType;
    public int Status { get; } = status;
    public byte[] Body => body.Value;

    public static Resource Html(string html, int status = 200) =>
        new("text/html; charset=utf-8", () => Encoding.UTF8.GetBytes(html), status);

    public static Resource Picture(int seed, int width = 320, int height = 240) => new("image/png", () => Scene.Png(seed, width, height));

    public static Resource Bytes(string contentType, byte[] body) => new(contentType, () => body);

    internal static Resource Asset(string contentType, string name) => new(contentType, () => ReadAsset(name));

    internal static byte[] ReadAsset(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream($"Egida.Simulators.Assets.{name}")
            ?? throw new FileNotFoundException($"the asset {name} isn't in the assembly");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
