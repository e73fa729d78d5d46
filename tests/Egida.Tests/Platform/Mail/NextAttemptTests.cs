using Egida.Platform.Mail;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.Platform.Mail;

public sealed class NextAttemptTests
{
    [Fact]
    public void The_first_attempt_bears_no_mark() => Assert.Equal(new NextAttempt.Send(1, false), Decide());

    [Fact]
    public void A_refusal_for_now_is_tried_again_without_a_mark() =>
        Assert.Equal(new NextAttempt.Send(3, false), Decide(MailAttemptState.RefusedForNow, MailAttemptState.RefusedForNow));

    [Theory]
    [InlineData(MailAttemptState.Unknown)]
    [InlineData(MailAttemptState.Begun)]
    public void After_an_attempt_without_a_known_end_the_next_is_marked(MailAttemptState state) =>
        Assert.Equal(new NextAttempt.Send(3, true), Decide(state, MailAttemptState.RefusedForNow));

    [Fact]
    public void After_two_attempts_without_a_known_end_a_person_is_asked() =>
        Assert.IsType<NextAttempt.AskPerson>(Decide(MailAttemptState.Begun, MailAttemptState.RefusedForNow, MailAttemptState.Unknown));

    [Fact]
    public void Whatever_happens_at_most_two_copies_may_arrive_and_the_second_is_marked()
    {
        var ends = Gen.Elements(Enum.GetValues<MailAttemptState>()).ArrayOf(30);
        Check.QuickThrowOnFailure(Prop.ForAll(ends.ToArbitrary(), states =>
        {
            List<MailAttempt> attempts = [];
            foreach (var state in states)
            {
                if (NextAttempt.Decide(attempts) is not NextAttempt.Send send)
                {
                    break;
                }

                attempts.Add(Attempt(send.Ordinal, state, send.PossibleDuplicate));
            }

            var mayHaveArrived = attempts.Where(a => a.State is MailAttemptState.Accepted or MailAttemptState.Unknown or MailAttemptState.Begun).ToList();
            Assert.True(mayHaveArrived.Count <= 2);
            Assert.All(mayHaveArrived.Skip(1), a => Assert.True(a.PossibleDuplicate));
        }));
    }

    private static NextAttempt Decide(params MailAttemptState[] states) => NextAttempt.Decide([.. states.Select((s, i) => Attempt(i + 1, s, false))]);

    private static MailAttempt Attempt(int ordinal, MailAttemptState state, bool marked) =>
        new() { MessageOf = Guid.Empty, Ordinal = ordinal, BegunAt = default, PossibleDuplicate = marked, State = state };
}
