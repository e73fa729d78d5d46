using System.Text;
using Egida.Police.Pdf;

namespace Egida.Tests.Police;

public sealed class PdfPagesTests
{
    private static readonly DateTime Made = new(2026, 11, 2, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_same_words_and_instant_give_the_same_bytes() => Assert.Equal(Write(3), Write(3));

    [Fact]
    public void What_does_not_fit_goes_on_the_next_page() =>
        Assert.Equal((1, true), (PagesOf(Write(3)), PagesOf(Write(200)) > 3));

    [Theory]
    [InlineData("http://example.test/\u202Egnp.exe")]
    [InlineData("\0\u0001\ud800 half a pair")]
    [InlineData("ścieżka · шлях · مسار · 路径")]
    [InlineData("")]
    public void Any_text_can_be_written(string text)
    {
        using var pages = new PdfPages("Title", "Author", Made);
        pages.Row("Address", text);
        pages.Row("Address", new string('x', 100_000));

        Assert.StartsWith("%PDF-1.", Encoding.ASCII.GetString(pages.Finish()), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_in_it_acts() =>
        Assert.All(["/JavaScript", "/OpenAction", "/URI", "/EmbeddedFile", "/Launch"], word => Assert.DoesNotContain(word, Encoding.Latin1.GetString(Write(3)), StringComparison.Ordinal));

    private static byte[] Write(int rows)
    {
        using var pages = new PdfPages("Zawiadomienie EG-2026-000001", "Hotline", Made);
        pages.Heading("Zawiadomienie", first: true);
        for (var row = 0; row < rows; row++)
        {
            pages.Row($"Pole {row}", "wartość");
        }

        return pages.Finish();
    }

    private static int PagesOf(byte[] pdf) => Encoding.Latin1.GetString(pdf).Split("/Type /Page %").Length - 1;
}
