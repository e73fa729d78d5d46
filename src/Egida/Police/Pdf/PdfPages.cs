using System.Globalization;
using System.Runtime.InteropServices;

namespace Egida.Police.Pdf;

/// <summary>
/// Text on A4 pages, top to bottom: headings, paragraphs, rows of a term and its value. Any script; no links, pictures, scripts or attachments. The same text and instant give
/// the same bytes.
/// </summary>
internal sealed unsafe class PdfPages : IDisposable
{
    private const double Width = 595;
    private const double Height = 842;
    private const double Margin = 50;
    private const double TermWidth = 150;
    private const int WrapAnywhere = 2;

    /// <summary>What is longer fills no pages of its own: it stands whole in the JSON beside the PDF.</summary>
    private const int LongestText = 3000;

    private readonly MemoryStream bytes = new();
    private readonly GCHandle handle;
    private readonly nint surface;
    private readonly nint context;
    private double at = Margin;

    public PdfPages(string title, string author, DateTime made)
    {
        handle = GCHandle.Alloc(bytes);
        surface = Cairo.SurfaceForStream(&Cairo.Write, GCHandle.ToIntPtr(handle), Width, Height);
        context = Cairo.Create(surface);
        var instant = made.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Cairo.SetMetadata(surface, Cairo.Metadata.Title, title);
        Cairo.SetMetadata(surface, Cairo.Metadata.Author, author);
        Cairo.SetMetadata(surface, Cairo.Metadata.Creator, "Egida");
        Cairo.SetMetadata(surface, Cairo.Metadata.CreateDate, instant);
        Cairo.SetMetadata(surface, Cairo.Metadata.ModDate, instant);
    }

    public void Heading(string text, bool first = false)
    {
        at += first ? 0 : 10;
        Line((text, Margin, Width - 2 * Margin, first ? "Sans Bold 15" : "Sans Bold 11"));
        at += 4;
    }

    public void Paragraph(string text)
    {
        Line((text, Margin, Width - 2 * Margin, "Sans 9.5"));
        at += 6;
    }

    public void Row(string term, string value)
    {
        Line((term, Margin, TermWidth - 10, "Sans Bold 9"), (value, Margin + TermWidth, Width - 2 * Margin - TermWidth, "Sans 9"));
        at += 3;
    }

    /// <exception cref="InvalidOperationException">Cairo couldn't write it.</exception>
    public byte[] Finish()
    {
        Cairo.ShowPage(context);
        Cairo.Finish(surface);
        return Cairo.Status(surface) == 0 ? bytes.ToArray() : throw new InvalidOperationException($"The PDF couldn't be written (cairo status {Cairo.Status(surface)}).");
    }

    public void Dispose()
    {
        Cairo.Destroy(context);
        Cairo.DestroySurface(surface);
        handle.Free();
        bytes.Dispose();
    }

    /// <summary>Texts side by side, on the next page if this one has no room.</summary>
    private void Line(params ReadOnlySpan<(string Text, double Left, double Width, string Font)> texts)
    {
        Span<nint> layouts = stackalloc nint[texts.Length];
        var height = 0.0;
        for (var i = 0; i < texts.Length; i++)
        {
            layouts[i] = Layout(texts[i].Text, texts[i].Width, texts[i].Font);
            Cairo.GetSize(layouts[i], out _, out var tall);
            height = Math.Max(height, (double)tall / Cairo.PangoScale);
        }

        if (at + height > Height - Margin && at > Margin)
        {
            Cairo.ShowPage(context);
            at = Margin;
        }

        for (var i = 0; i < texts.Length; i++)
        {
            Cairo.MoveTo(context, texts[i].Left, at);
            Cairo.ShowLayout(context, layouts[i]);
            Cairo.Unref(layouts[i]);
        }

        at += height;
    }

    private nint Layout(string text, double width, string font)
    {
        var layout = Cairo.CreateLayout(context);
        var description = Cairo.FontOf(font);
        Cairo.SetFont(layout, description);
        Cairo.FreeFont(description);
        Cairo.SetWidth(layout, (int)(width * Cairo.PangoScale));
        Cairo.SetWrap(layout, WrapAnywhere);
        Cairo.SetText(layout, Plain(text), -1);
        return layout;
    }

    /// <summary>Reported addresses may hold anything: control characters become a mark, halves of surrogate pairs too.</summary>
    private static string Plain(string text)
    {
        var cut = text.Length <= LongestText ? text : $"{text[..LongestText]} […]";
        return string.Concat(cut.EnumerateRunes().Select(r => System.Text.Rune.IsControl(r) && r.Value != '\n' ? "\uFFFD" : r.ToString()));
    }
}
