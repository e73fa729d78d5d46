using Egida.HashBank.Imports.Formats;

namespace Egida.Tests.HashBank.Imports.Formats;

public sealed class HashSharingFormatTests
{
    [Fact]
    public void ThreatExchange_gives_what_its_members_say_and_takes_back_what_nobody_says_any_more()
    {
        var rows = Rows.Of(new ThreatExchangeFormat(), HashSharingFiles.ThreatPages);

        Assert.Equal(
            [
                $"1 Known 101 None threatexchange {Labels("positive", "media_type_photo", "violating")}  - - - {Rows.Pdq(1)}  ",
                $"2 Benign 102 None threatexchange {Labels("negative")}  {Rows.Md5(2)} - - -  ",
                "3 TakesBack 103 None    - - - -  ",
                "4 unknown-kind",
                $"5 Known 105 None threatexchange {Labels("contested")}  - - {Rows.Sha256(5)} -  ",
                "6 TakesBack 106 None    - - - -  ",
                "7 TakesBack 107 None    - - - -  ",
                "8 wrong-length",
                "9 duplicate-field",
            ],
            rows.Select(Rows.Said));
    }

    [Fact]
    public void StopNCII_gives_pictures_of_adults_and_says_so_and_what_is_withdrawn_is_taken_back()
    {
        var rows = Rows.Of(new StopNciiFormat(), HashSharingFiles.StopNciiPages);

        Assert.Equal(
            [
                $"1 Known  None stopncii {Adults}  - - - {Rows.Pdq(1)}  ", $"2 Known  None stopncii {Adults}  {Rows.Md5(2)} - - -  ",
                $"3 TakesBack  None    - - - {Rows.Pdq(3)}  ", $"4 TakesBack  None    - - - {Rows.Pdq(4)}  ", "5 unknown-kind", "6 unknown-status",
            ],
            rows.Select(Rows.Said));
    }

    [Fact]
    public void Contents_of_a_bank_of_HMA_give_their_signals_but_no_words_that_people_typed()
    {
        var rows = Rows.Of(new HmaJsonFormat(), HashSharingFiles.HmaContents);

        Assert.Equal(
            [
                $"1 Known 1234 None    {Rows.Md5(1)} - - {Rows.Pdq(1)}  ",
                $"2 Known 1235 None    - - - -  PhotoDna  {Convert.ToHexStringLower(Rows.PhotoDna(2))} Other vpdq some frames",
                "2 unknown-kind", "3 no-hash", "4 wrong-type",
            ],
            rows.Select(Rows.Said));
    }

    [Fact]
    public void The_table_of_threatexchange_dataset_is_read_and_so_are_lines_of_type_and_signal()
    {
        Assert.Equal(
            [
                $"2 Known  None threatexchange {Labels("positive", "tag_one", "tag_two")}  - - - {Rows.Pdq(1)}  ", $"3 Benign  None threatexchange {Labels("negative")}  {Rows.Md5(2)} - - -  ",
                "4 no-verdict", "5 unknown-kind", "6 wrong-length",
            ],
            Rows.Of(new HmaCsvFormat(), HashSharingFiles.HmaTable).Select(Rows.Said));
        Assert.Equal(
            [$"1 Known  None    - - - {Rows.Pdq(1)}  ", $"2 Known  None    {Rows.Md5(2)} - - -  ", "3 wrong-columns"],
            Rows.Of(new HmaCsvFormat(), $"pdq {Rows.Pdq(1)}\nvideo_md5 {Rows.Md5(2)}\npdq\n").Select(Rows.Said));
    }

    [Fact]
    public void NCMECs_entries_give_hashes_under_their_members_name_and_tombstones_take_back()
    {
        var rows = Rows.Of(new NcmecFormat(), HashSharingFiles.NcmecAnswer);

        Assert.Equal(
            [
                $$"""1 Known 42-image1 None ncmec/npo {"industry":["A1"],"medium":["image"]}  {{Rows.Md5(1)}} {{Rows.Sha1(1)}} - {{Rows.Pdq(1)}}  PhotoDna  {{Convert.ToHexStringLower(Rows.PhotoDna(1))}} Other netclean some text & more""",
                "2 TakesBack 43-image4 None    - - - -  ",
                $$"""3 Known 42-video1 None ncmec/npo {"medium":["video"]}  {{Rows.Md5(2)}} - - -  """,
                "4 TakesBack 42-video4 None    - - - -  ",
                "5 wrong-length",
                "6 no-key",
            ],
            rows.Select(Rows.Said));
    }

    [Theory]
    [InlineData("<!DOCTYPE queryResult [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><queryResult xmlns='https://hashsharing.ncmec.org/hashsharing/v2'>&b;</queryResult>", "isn't XML")]
    [InlineData("<queryResult><image/></queryResult>", "outermost element")]
    [InlineData("<html/>", "outermost element")]
    [InlineData("", "isn't XML")]
    [InlineData("{}", "isn't XML")]
    public void What_isnt_an_answer_of_NCMECs_is_refused_as_a_whole(string file, string why)
    {
        var (rows, refusal) = Rows.Until(new NcmecFormat(), file);

        Assert.Empty(rows);
        Assert.Contains(why, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void XML_that_nests_without_end_ends_in_the_middle_or_has_an_endless_attribute_is_refused_behind_what_was()
    {
        var begin = HashSharingFiles.NcmecAnswer[..HashSharingFiles.NcmecAnswer.IndexOf("<videos", StringComparison.Ordinal)];

        foreach (var (rest, why) in new[] { (string.Concat(Enumerable.Repeat("<a>", 100_000)), "nested deeper"), ("<videos><video><mem", "cut off"), ($"<videos count='{new string('9', 20_000_000)}'/>", "without a tag") })
        {
            var (rows, refusal) = Rows.Until(new NcmecFormat(), begin + rest);
            Assert.Equal(2, rows.Count);
            Assert.Contains(why, refusal, StringComparison.Ordinal);
        }
    }

    private const string Adults = """{"age":["adult"],"origin":["self-reported"]}""";

    private static string Labels(string opinion, params string[] tags) =>
        tags.Length == 0 ? $$"""{"opinion":["{{opinion}}"]}""" : $$"""{"opinion":["{{opinion}}"],"tags":[{{string.Join(',', tags.Select(t => $"\"{t}\""))}}]}""";
}
