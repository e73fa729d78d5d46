using Egida.Contacts.Desks;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Tests.Harness;
using Egida.Tracing;
using Egida.Tracing.Domains;
using Egida.Tracing.Origins;

namespace Egida.BrowserTests;

/// <summary>An item whose sources contradict each other, behind a delivery network; a mailbox to be checked, and rules about domains.</summary>
internal static class TracingSamples
{
    public static AbuseDeskId Desk { get; } = new(Guid.Parse("019a0000-0000-7000-8000-0000000000d1"));

    public static OriginQuestionId Question { get; } = new(Guid.Parse("019a0000-0000-7000-8000-0000000000d2"));

    private static readonly ActionKind Arrange = new("test.samples-of-tracing");

    public static Task Make(EgidaHost host, ItemId item, StaffId by) => host.InScope(async (ActionBook actions) =>
    {
        var action = actions.Begin(Arrange, Actor.System("test"), item.Subject);
        var trace = Id.New<HostingTraceId>(action.Clock);
        var answer = new RawAnswer("rdap registry.example", "{}"u8.ToArray());
        TraceFact Fact(FactKind kind, string value, string source, Confidence confidence) =>
            new() { TraceId = trace, Kind = kind, Value = value, Source = source, At = action.Now, AnswerHash = answer.Hash, Confidence = confidence };
        action.Db.AddRange(
            new HostingTrace
            {
                Id = trace,
                ItemId = item,
                At = action.Now,
                Outcome = TraceOutcome.Found,
                Host = "stare.example",
                Address = "203.0.113.9",
                Addresses = "203.0.113.9\n2001:db8:1::10",
                Dns = DnsProof.Secure,
                Country = "AQ",
                CountryConfidence = Confidence.Low,
                CountriesDiffer = true,
                NetworkHandle = "NET-AQ-1",
                NetworkName = "NET_AQ_1",
                NetworkRange = "203.0.113.0 – 203.0.113.127",
                Holder = "Polar Hosting",
                AbuseMail = "abuse@hosting-aq.example",
                OtherAbuseMails = "abuse@inny.example",
                RegisteredName = "stare.example",
                Registrar = "Rejestrator Przykładowy S.A.",
                RegistrarMail = "abuse@rejestrator.example",
                DeliveryNetwork = "Przykładowa Sieć Dostarczania",
                Facts =
                [
                    Fact(FactKind.Network, "NET-AQ-1 · NET_AQ_1", "rdap registry.example", Confidence.High),
                    Fact(FactKind.AbuseContact, "abuse@hosting-aq.example", "rdap registry.example", Confidence.Low),
                    Fact(FactKind.AbuseContact, "abuse@inny.example", "abuse-c registry.example", Confidence.Low),
                ],
            },
            TraceAnswer.Of(trace, answer, action.Now),
            new AbuseDesk
            {
                Id = Desk,
                RegistryMail = "abuse@hosting-aq.example",
                HolderKey = "polar hosting",
                Holder = "Polar Hosting",
                NetworkHandle = "NET-AQ-1",
                Country = "AQ",
                OtherMails = "abuse@inny.example",
                ProposedAt = action.Now,
            },
            new DeskWait { DeskId = Desk, ItemId = item, Since = action.Now },
            new OriginQuestion { Id = Question, Host = "stare.example", Network = "Przykładowa Sieć Dostarczania", OpenedAt = action.Now },
            Rule("strona.example", DomainRuleKind.SiteOwner, "wlasciciel@strona.example"),
            Rule("archiwum.example", DomainRuleKind.DoNotCapture, null));
        var ended = Rule("galeria.example", DomainRuleKind.FixedHost, "192.0.2.40");
        ended.End(by, action.Now, "it moved");
        action.Db.Add(ended);
        await action.Commit(CancellationToken.None);

        DomainRule Rule(string domain, DomainRuleKind kind, string? value) => new()
        {
            Id = Id.New<DomainRuleId>(action.Clock),
            Domain = domain,
            Kind = kind,
            Value = value,
            Reason = "agreed with the operator",
            SetBy = by,
            SetAt = action.Now,
        };
    });
}
