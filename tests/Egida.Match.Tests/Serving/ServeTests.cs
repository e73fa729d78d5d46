using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Egida.HashSearch;
using Egida.Match.Tests.Lists;
using Egida.Match.Tests.Scans;
using Egida.Match.Tool.Serving;

namespace Egida.Match.Tests.Serving;

/// <summary>What HMA 1.1's own tests ask (test_match_api.py, test_api.py, test_hashing.py), asked of the sidecar; the forms of the answers are HMA's.</summary>
public sealed class ServeTests : IAsyncLifetime
{
    private readonly Hotline _hotline = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly Picture _picture = Picture.Landscape(1);
    private Banks _banks = null!;
    private Sidecar _sidecar = null!;

    public async Task InitializeAsync()
    {
        Put("known", 1, [Hotline.Record(17) with { Pdq = [_picture.Pdq.Hash] }, Hotline.Record(18)]);
        Put("other", 1, [Hotline.Record(17)]);
        _banks = new([_hotline.Folder["known"], _hotline.Folder["other"]], _hotline.Trust, _ => { });
        _sidecar = await Sidecar.Start(_banks, new(IPAddress.Loopback, 0), hashesPictures: true, _hotline.Clock, _ => { }, CancellationToken.None);
        _http.BaseAddress = new(_sidecar.Address);
    }

    public async Task DisposeAsync()
    {
        await _sidecar.DisposeAsync();
        _banks.Dispose();
        _http.Dispose();
        _hotline.Dispose();
    }

    [Fact]
    public async Task Raw_look_ups_give_numbers_or_numbers_with_distances()
    {
        var (hash, md5) = (Near(_picture.Pdq.Hash, 4), Hotline.Record(17).Md5[0]);
        Assert.Equal("""{"matches":[17]}""", await Get($"/m/raw_lookup?signal={hash}&signal_type=pdq"));
        Assert.Equal("""{"matches":[{"bank_content_id":17,"distance":"4"}]}""", await Get($"/m/raw_lookup?signal={hash}&signal_type=pdq&include_distance=True"));
        Assert.Equal("""{"matches":[17,17]}""", await Get($"/m/raw_lookup?signal={md5}&signal_type=video_md5"));
        Assert.Equal("""{"matches":[{"bank_content_id":17,"distance":"-"}]}""", await Get($"/m/raw_lookup?signal={md5}&signal_type=video_md5&include_distance=true&banks=OTHER"));
        Assert.Equal("""{"matches":[]}""", await Get($"/m/raw_lookup?signal={md5}&signal_type=video_md5&banks=NON_EXISTENT_BANK"));
        Assert.Equal("""{"matches":[]}""", await Get($"/m/raw_lookup?signal={new string('a', 32)}&signal_type=video_md5"));
    }

    [Fact]
    public async Task Look_ups_give_matches_by_bank()
    {
        var md5 = Hotline.Record(17).Md5[0];
        Assert.Equal("""{"KNOWN":[{"bank_content_id":17,"distance":"0"}]}""", await Get($"/m/lookup?signal={_picture.Pdq.Hash}&signal_type=pdq"));
        Assert.Equal("""{"KNOWN":[{"bank_content_id":17,"distance":"-"}],"OTHER":[{"bank_content_id":17,"distance":"-"}]}""", await Get($"/m/lookup?signal={md5}&signal_type=video_md5&bypass_coinflip=true&seed=3"));
        Assert.Equal("""{"OTHER":[{"bank_content_id":17,"distance":"-"}]}""", await Get($"/m/lookup?signal={md5}&signal_type=video_md5&banks=OTHER"));
        Assert.Equal("{}", await Get($"/m/lookup?signal={md5}&signal_type=video_md5&banks=NON_EXISTENT_BANK"));
    }

    [Fact]
    public async Task A_file_is_hashed_and_looked_up_by_the_kind_that_its_field_says()
    {
        var video = "record 18 0"u8.ToArray();
        Assert.Equal($$"""{"pdq":"{{_picture.Pdq.Hash}}"}""", await Post("/h/hash", ("photo", _picture.Png())));
        Assert.Equal($$"""{"video_md5":"{{Convert.ToHexStringLower(MD5.HashData(video))}}"}""", await Post("/h/hash", ("video", video)));
        Assert.Equal("""{"pdq":{"KNOWN":[{"bank_content_id":17,"distance":"0"}]}}""", await Post("/m/lookup", ("photo", _picture.Png())));
        Assert.Equal("""{"video_md5":{"KNOWN":[{"bank_content_id":18,"distance":"-"}]}}""", await Post("/m/lookup?types=video_md5", ("video", video)));
        Assert.Equal("400 no such content_type: 'text'", await Post("/h/hash", ("text", video)));
        Assert.Equal("400 Only one file allowed per request", await Post("/h/hash", ("photo", _picture.Png()), ("video", video)));
        Assert.Equal("400 signal type 'md5' doesn't exist or is disabled", await Post("/h/hash?types=md5", ("video", video)));
        Assert.StartsWith("400 the picture can't be hashed: ", await Post("/h/hash", ("photo", video)), StringComparison.Ordinal);
        Assert.Equal("400 Missing multipart/form-data file upload", await Said(await _http.PostAsync("/h/hash", new StringContent("x"))));
        Assert.Equal("400 Missing multipart/form-data file upload", await Said(await _http.PostAsync("/m/lookup", new MultipartFormDataContent { { new StringContent("x"), "photo" } })));
    }

    [Fact]
    public async Task An_address_is_never_fetched()
    {
        foreach (var path in (string[])["/h/hash?url=http://127.0.0.1:1/x.jpg", "/m/lookup?url=https://media.example/x.jpg&content_type=photo"])
            Assert.StartsWith("400 Addresses aren't fetched here", await Get(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signals_that_arent_ones_are_refused_in_hmas_words()
    {
        Assert.Equal("400 No such SignalType 'tmk'", await Get("/m/lookup?signal=00&signal_type=tmk"));
        Assert.Equal("400 invalid signal: invalid PDQ hash", await Get("/m/lookup?signal=00&signal_type=pdq"));
        Assert.Equal("400 invalid signal: invalid PDQ hash", await Get($"/m/raw_lookup?signal={new string('A', 64)}&signal_type=pdq"));
        Assert.Equal("400 invalid signal: 'xyz' is not a valid MD5 hash", await Get("/m/raw_lookup?signal=xyz&signal_type=video_md5"));
        Assert.Equal("400 Either url or both signal and signal_type are required", await Get("/m/lookup?signal=00"));
        Assert.StartsWith("422 ", await Get("/m/raw_lookup?signal=00"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hashes_are_compared_in_pairs()
    {
        var (one, other, far) = (_picture.Pdq.Hash, Near(_picture.Pdq.Hash, 9), Hotline.Record(3).Pdq[0]);
        Assert.Equal("""{"pdq":[true,{"distance":9}]}""", await Compare($$"""{"pdq":["{{one}}","{{other}}"]}"""));
        Assert.Equal($$$"""{"pdq":[false,{"distance":{{{one.Distance(far)}}}}],"video_md5":[true,{}]}""", await Compare($$"""{"pdq":["{{one}}","{{far}}"],"video_md5":["{{new string('a', 32)}}","{{new string('A', 32)}}"]}"""));
        Assert.Equal("400 Comparison hash list length must be exactly 2", await Compare("""{"pdq":["00"]}"""));
        Assert.Equal("400 Comparison hashes for pdq was not a list", await Compare("""{"pdq":"00"}"""));
        Assert.Equal("400 Invalid pdq hash: invalid PDQ hash", await Compare("""{"pdq":["00","00"]}"""));
        Assert.Equal("400 Request input was not a dict", await Compare("[]"));
        Assert.StartsWith("400 ", await Compare("{"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Banks_are_shown_and_cant_be_changed()
    {
        Assert.Equal("""[{"name":"KNOWN","matching_enabled_ratio":1.0},{"name":"OTHER","matching_enabled_ratio":1.0}]""", await Get("/c/banks"));
        Assert.Equal("""{"name":"KNOWN","matching_enabled_ratio":1.0}""", await Get("/c/bank/KNOWN"));
        Assert.Equal("404 bank 'NONE' not found", await Get("/c/bank/NONE"));
        Assert.Equal("""{"id":17,"disable_until_ts":1,"original_media_uri":null,"bank":{"name":"OTHER","matching_enabled_ratio":1.0}}""", await Get("/c/bank/OTHER/content/17"));
        Assert.Equal("404 content '18' not found", await Get("/c/bank/OTHER/content/18"));
        Assert.Equal("""[{"name":"pdq","enabled_ratio":1.0},{"name":"video_md5","enabled_ratio":1.0}]""", await Get("/c/signal_type"));
        Assert.Equal("""[{"name":"photo","enabled":true},{"name":"video","enabled":true}]""", await Get("/c/content_type"));
        Assert.StartsWith("403 Banks are read-only", await Said(await _http.PostAsync("/c/banks", new StringContent("{}"))), StringComparison.Ordinal);
        Assert.StartsWith("403 Banks are read-only", await Said(await _http.DeleteAsync("/c/bank/KNOWN")), StringComparison.Ordinal);
        var made = Hotline.Header().Made.ToUnixTimeSeconds();
        Assert.Equal($$$"""{"pdq":{"present":true,"built_to":{{{made}}},"size":3},"video_md5":{"present":true,"built_to":{{{made}}},"size":3}}""", await Get("/m/index/status"));
        Assert.Equal($$$"""{"pdq":{"present":true,"built_to":{{{made}}},"size":3}}""", await Get("/m/index/status?signal_type=pdq"));
        Assert.Equal("404 The requested URL was not found on the server.", await Get("/nothing"));
        Assert.Equal("405 The method is not allowed for the requested URL.", await Said(await _http.DeleteAsync("/m/lookup")));
    }

    [Fact]
    public async Task A_list_past_its_time_gives_no_answers_and_says_so_where_hma_says_so()
    {
        Assert.Equal("I-AM-ALIVE", await Get("/status"));
        using (var home = await _http.GetAsync("/")) Assert.Equal((HttpStatusCode.Redirect, "/status"), (home.StatusCode, home.Headers.Location!.ToString()));
        _hotline.Clock.Now = Hotline.Today.AddDays(31);

        using var status = await _http.GetAsync("/status");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "INDEX-STALE"), (status.StatusCode, await status.Content.ReadAsStringAsync()));
        Assert.Equal("I-AM-ALIVE", await Get("/status/live"));
        Assert.Matches("^503 .*was valid until", await Get($"/m/lookup?signal={_picture.Pdq.Hash}&signal_type=pdq"));
        Assert.StartsWith("503 ", await Get($"/m/raw_lookup?signal={new string('a', 32)}&signal_type=video_md5"), StringComparison.Ordinal);
        Assert.StartsWith("503 ", await Post("/m/lookup", ("photo", _picture.Png())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_list_is_taken_in_without_a_stop_and_a_bad_one_is_not()
    {
        var md5 = Hotline.Record(19).Md5[0];
        Assert.Equal("{}", await Get($"/m/lookup?signal={md5}&signal_type=video_md5"));
        using var stop = new CancellationTokenSource();
        var asking = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) Assert.StartsWith("{\"matches\":[", await Get($"/m/raw_lookup?signal={Hotline.Record(18).Md5[0]}&signal_type=video_md5"), StringComparison.Ordinal);
        });

        File.WriteAllText(_hotline.Folder["known/2.egidalist"], "half a list");
        _banks.All[0].Reload();
        Assert.Equal("{}", await Get($"/m/lookup?signal={md5}&signal_type=video_md5"));
        File.Delete(_hotline.Folder["known/2.egidalist"]);
        for (var number = 2; number < 12; number++)
        {
            Put("known", number, [Hotline.Record(18), Hotline.Record(19)]);
            _banks.All[0].Reload();
            Assert.Equal("""{"KNOWN":[{"bank_content_id":19,"distance":"-"}]}""", await Get($"/m/lookup?signal={md5}&signal_type=video_md5"));
        }

        await stop.CancelAsync();
        await asking;
        Assert.Equal("404 content '17' not found", await Get("/c/bank/KNOWN/content/17"));
    }

    [Fact]
    public async Task A_page_that_names_another_host_gets_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/status") { Headers = { Host = "attacker.example" } };
        Assert.StartsWith("421 ", await Said(await _http.SendAsync(request)), StringComparison.Ordinal);
        using var local = new HttpRequestMessage(HttpMethod.Get, "/status") { Headers = { Host = "localhost:5000" } };
        Assert.Equal("I-AM-ALIVE", await Said(await _http.SendAsync(local)));
    }

    [Theory]
    [InlineData("hotline.example/known", "KNOWN")]
    [InlineData("hotline.example/known-pl/0193", "KNOWN_PL")]
    [InlineData("known", "KNOWN")]
    public void A_bank_is_called_as_its_list_is(string series, string name) => Assert.Equal(name, Bank.NameOf(series));

    private void Put(string bank, long number, IEnumerable<ListRecord> records)
    {
        Directory.CreateDirectory(_hotline.Folder[bank]);
        File.Move(_hotline.Write(Hotline.Header(number) with { Series = $"hotline.example/{bank}" }, records), _hotline.Folder[$"{bank}/{number}.egidalist"]);
    }

    private async Task<string> Get(string path) => await Said(await _http.GetAsync(path));

    private async Task<string> Compare(string json) => await Said(await _http.PostAsync("/m/compare", new StringContent(json, Encoding.UTF8, "application/json")));

    private async Task<string> Post(string path, params (string Name, byte[] Bytes)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, bytes) in files) form.Add(new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } }, name, "file");
        return await Said(await _http.PostAsync(path, form));
    }

    /// <summary>The body; of a refusal the status and HMA's message.</summary>
    private static async Task<string> Said(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode ? text : $"{(int)answer.StatusCode} {JsonDocument.Parse(text).RootElement.GetProperty("message").GetString()}";
        }
    }

    private static Hash256 Near(Hash256 hash, int bits)
    {
        var bytes = hash.ToByteArray();
        for (var bit = 0; bit < bits; bit++) bytes[bit * 3 % 32] ^= (byte)(1 << bit / 11);
        return Hash256.FromBytes(bytes);
    }
}
