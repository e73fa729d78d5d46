using Egida.Platform.Mail;

namespace Egida.Tests.Platform.Mail;

public sealed class MailBoxTests
{
    [Theory]
    [InlineData("abuse@provider.example")]
    [InlineData(" first.last+tag@sub.provider.example ")]
    [InlineData("o'neill@xn--bcher-kva.example")]
    public void A_plain_address_is_taken(string address) => Assert.Equal(address.Trim(), MailBox.Parse(address)?.Address);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abuse")]
    [InlineData("abuse@localhost")]
    [InlineData("abuse@provider.example\r\nBcc: other@provider.example")]
    [InlineData("abuse@provider.example\nx")]
    [InlineData("-oQ/tmp@provider.example")]
    [InlineData("abuse@provider.example,other@provider.example")]
    [InlineData("<abuse@provider.example>")]
    [InlineData("\"quoted local\"@provider.example")]
    [InlineData("abuse.@provider.example")]
    [InlineData("abuse@-provider.example")]
    [InlineData("abuse@provider.example ; rm")]
    [InlineData("nadużycia@provider.example")]
    public void What_could_become_a_second_header_recipient_or_option_is_no_address(string? address) => Assert.Null(MailBox.Parse(address));

    [Fact]
    public void An_address_longer_than_the_standard_allows_is_refused() => Assert.Null(MailBox.Parse(new string('a', 60) + "@" + string.Concat(Enumerable.Repeat("label.", 40)) + "example"));

    [Fact]
    public void A_name_with_a_line_break_is_refused() => Assert.Null(MailBox.Parse("abuse@provider.example", "Desk\nBcc: x@y.example"));

    [Fact]
    public void A_mailbox_does_not_show_itself_in_a_log() => Assert.Equal("[mailbox]", $"{MailBox.Parse("abuse@provider.example")}");
}
