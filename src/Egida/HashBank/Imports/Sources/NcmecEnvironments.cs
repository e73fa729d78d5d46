namespace Egida.HashBank.Imports.Sources;

/// <summary>Where NCMEC's Hash Sharing is reached. What its entries mean differs between them; a hotline's own is `npo`.</summary>
internal static class NcmecEnvironments
{
    public static readonly IReadOnlyDictionary<string, string> Urls = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["npo"] = "https://hashsharing.ncmec.org/npo",
        ["exploitative"] = "https://hashsharing.ncmec.org/exploitative",
        ["generative-ai-csam"] = "https://hashsharing.ncmec.org/generative-ai-csam",
        ["generative-ai-exploitative"] = "https://hashsharing.ncmec.org/generative-ai-exploitative",
        ["industry"] = "https://report.cybertip.org/hashsharing",
        ["industry-exploitative"] = "https://report.cybertip.org/exploitative-hashsharing",
        ["law-enforcement"] = "https://lesp.ncmec.org/csam-hashsharing",
        ["test-npo"] = "https://hashsharing-test.ncmec.org/npo",
        ["test-exploitative"] = "https://hashsharing-test.ncmec.org/exploitative",
        ["test-generative-ai-csam"] = "https://hashsharing-test.ncmec.org/generative-ai-csam",
        ["test-generative-ai-exploitative"] = "https://hashsharing-test.ncmec.org/generative-ai-exploitative",
        ["test-industry"] = "https://exttest.cybertip.org/hashsharing",
        ["test-industry-exploitative"] = "https://exttest.cybertip.org/exploitative-hashsharing",
        ["test-law-enforcement"] = "https://betalesp.ncmec.org/csam-hashsharing",
    };

    /// <exception cref="FeedException">There is none of this name.</exception>
    public static Uri UrlOf(FeedOptions options) =>
        options.BaseUrl.Length > 0 ? FeedHttp.Base(options.BaseUrl)
        : Urls.TryGetValue(options.Environment, out var url) ? FeedHttp.Base(url)
        : throw new FeedException("environment: set the feed's Environment to npo, exploitative, generative-ai-csam …, or its BaseUrl", isFinal: true);
}
