using Egida.Contacts;

namespace Egida.Tests.Contacts;

public sealed class PoliceUnitsTests
{
    private static readonly PoliceUnit National = new("N", "National", "n@police.example", "1", "pl");
    private static readonly PoliceUnit Region = new("R", "Region", "r@police.example", "2", "en");

    private static PoliceFile File => new("N", ["threats"], [National, Region], [new("R", Holders: ["Regional Hosting"], Countries: ["PL"])]);

    [Theory]
    [InlineData("Regional Hosting", "PL", "R")]
    [InlineData("REGIONAL hosting", "PL", "R")]
    [InlineData("Regional Hosting", "DE", "N")]
    [InlineData("Somebody else", "PL", "N")]
    [InlineData(null, null, "N")]
    public void The_first_line_whose_conditions_all_hold_decides_else_the_national_unit(string? holder, string? country, string unit) =>
        Assert.Equal(unit, new PoliceUnits(File).For(holder, null, country).Code);

    [Fact]
    public void A_unit_that_was_dropped_from_the_file_is_the_national_one() => Assert.Equal("N", new PoliceUnits(File).Of("GONE").Code);

    [Fact]
    public void Every_mistake_in_the_file_stops_the_start_and_is_named()
    {
        var wrong = File with { National = "X", Units = [National, National, Region with { Mail = "nobody", Language = "de" }], Assign = [new("Y"), new("R")] };

        var message = Assert.Throws<InvalidOperationException>(() => new PoliceUnits(wrong)).Message;

        Assert.All(["'N' stands twice", "'nobody'", "language of Region", "no unit 'X'", "no unit 'Y'", "without conditions"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
