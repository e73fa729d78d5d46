using System.Text;
using Egida.Simulators;

namespace Egida.Tests.Simulators;

public sealed class ProviderDeskTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    private const string Desk = "abuse@hosting-pl.example";

    // Arguments: port, recipient, the message in base64: bytes as given, nothing composed.
    private const string Sender = """
        import base64, smtplib, sys
        smtp = smtplib.SMTP('127.0.0.1', int(sys.argv[1]), timeout=20)
        smtp.sendmail('zgloszenia@egida.example', [sys.argv[2]], base64.b64decode(sys.argv[3]))
        """;

    [Fact]
    public async Task A_valid_notice_removes_the_page()
    {
        var page = fixture.World.DemoPages.First(page => page.Country == "PL").Url;
        var notice = await Tell(page, "notice-valid");
        Assert.Null(notice.Objection);
        for (var i = 0; i < 100 && !fixture.World.Sites.IsRemoved(page); i++)
            await Task.Delay(50);
        Assert.True(fixture.World.Sites.IsRemoved(page));
    }

    [Theory]
    [InlineData("picture", "a picture is attached")]
    [InlineData("plain", "not a multipart/report of type feedback-report")]
    [InlineData("no-classification", "classification isn't one of the five")]
    [InlineData("internal", "_internal must never be sent")]
    [InlineData("elsewhere", "nothing at that address is hosted here")]
    public async Task A_notice_that_breaks_the_rules_is_objected_to_and_removes_nothing(string flaw, string objection)
    {
        var url = flaw == "elsewhere" ? "http://voorbeeld.example/fotos/reis" : "http://galeria.example/albumy/lato?id=7";
        var notice = await Tell(url, "notice-" + flaw, flaw);
        Assert.Equal(NoticeState.Rejected, notice.State);
        Assert.Equal(objection, notice.Objection);
        Assert.False(fixture.World.Sites.IsRemoved(url));
    }

    private async Task<ProviderNotice> Tell(string url, string subject, string flaw = "")
    {
        var message = Convert.ToBase64String(Encoding.UTF8.GetBytes(Message(url, subject, flaw).ReplaceLineEndings("\r\n")));
        Assert.Equal("", await OutsideClient.Run("python3", "-c", Sender, $"{fixture.World.Mail.EndPoint.Port}", Desk, message));
        return fixture.World.Provider.Notices.Single(notice => notice.Subject == subject);
    }

    private static string Message(string url, string subject, string flaw)
    {
        const string party = """{"org":"Egida","contact":"zgloszenia@egida.example","domain":"egida.example"}""";
        var classification = flaw == "no-classification" ? "" : "\"classification\":\"baseline\",";
        var inner = flaw == "internal" ? "\"_internal\":{}," : "";
        var xarf = $$"""
            {"xarf_version":"4.2.0","report_id":"0193a000-0000-7000-8000-000000000001","timestamp":"2026-11-23T09:00:00Z","reporter":{{party}},"sender":{{party}},
            {{classification}}{{inner}}"source_identifier":"192.0.2.10","category":"content","type":"csam","url":"{{url}}","detection_method":"manual_review"}
            """;
        var kind = flaw == "plain" ? "multipart/mixed" : "multipart/report; report-type=feedback-report";
        var picture = flaw == "picture" ? "--b\nContent-Type: image/png\n\nx\n" : "";
        return $"""
            Subject: {subject}
            MIME-Version: 1.0
            Content-Type: {kind}; boundary="b"

            --b
            Content-Type: text/plain; charset=utf-8

            Dzień dobry
            --b
            Content-Type: message/feedback-report

            Feedback-Type: xarf
            User-Agent: Test/1
            Version: 1

            --b
            Content-Type: application/json; name=xarf.json
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(Encoding.UTF8.GetBytes(xarf), Base64FormattingOptions.InsertLineBreaks)}
            {picture}--b--

            """;
    }
}
