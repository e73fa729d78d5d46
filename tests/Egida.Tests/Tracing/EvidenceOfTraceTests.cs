using System.Net;
using System.Security.Cryptography;
using System.Text;
using Egida.Access;
using Egida.Intake;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Tracing;

public sealed class EvidenceOfTraceTests
{
    [Theory, OnBothDatabases]
    public async Task Every_answer_is_kept_and_is_the_one_that_its_facts_name(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("alias.example");
        await host.RunOnly("tracing.trace-item");

        var trace = Assert.Single(await host.Traces(id));
        var answers = await host.Read(db => db.Set<TraceAnswer>().AsNoTracking().Where(a => a.TraceId == trace.Id).ToListAsync());
        Assert.All(answers, a => Assert.Equal(a.Hash, SHA256.HashData(a.Unpack())));
        var kept = answers.Select(a => Convert.ToHexString(a.Hash)).ToHashSet();
        var told = trace.Facts.Where(f => f.Source != "country-file").ToList();
        Assert.All(told, f => Assert.Contains(Convert.ToHexString(f.AnswerHash!), kept));
        Assert.Equal(kept.Order(), told.Select(f => Convert.ToHexString(f.AnswerHash!)).Distinct().Order());
        Assert.Equal(SHA256.HashData(File.ReadAllBytes(world.GeoFile)), trace.Facts.First(f => f.Source == "country-file").AnswerHash);
        Assert.Contains(answers, a => a.Source == "dns" && Encoding.Latin1.GetString(a.Unpack()).Contains("galeria", StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_sees_traces_can_take_the_answer_away_as_a_file(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("galeria.example");
        await host.RunOnly("tracing.trace-item");
        using var auditor = await host.SignInEnglish(Role.Auditor);

        var page = await auditor.Get($"/staff/items/{id}");
        var links = page.Document.QuerySelectorAll("#tracing a[download]").Select(a => a.GetAttribute("href")!).Distinct().ToList();
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            var answer = await auditor.Http.GetAsync(link);
            Assert.Equal((HttpStatusCode.OK, "application/octet-stream", "attachment"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
            Assert.EndsWith(Convert.ToHexStringLower(SHA256.HashData(await answer.Content.ReadAsByteArrayAsync())), link, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await auditor.Http.GetAsync(links[0][..^64] + new string('0', 64))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.Http.GetAsync(links[0][..^64] + "x")).StatusCode);
    }

    [Theory, OnBothDatabases]
    public async Task Sources_that_name_different_mailboxes_are_shown_side_by_side(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        world.Rdap.SayAbuse("192.0.2.10", "abuse@inny.example");
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("galeria.example");
        await host.RunOnly("tracing.trace-item");

        var trace = Assert.Single(await host.Traces(id));
        Assert.Equal(("abuse@hosting-pl.example", "abuse@inny.example"), (trace.AbuseMail, trace.OtherAbuseMails));
        Assert.All(trace.Facts.Where(f => f.Kind == FactKind.AbuseContact && f.Value.StartsWith("abuse@inny", StringComparison.Ordinal)), f => Assert.Equal(Confidence.Low, f.Confidence));
        using var analyst = await host.SignInEnglish(Role.Analyst);
        var text = (await analyst.Get($"/staff/items/{id}")).Text;
        Assert.Contains("Sources name different mailboxes", text, StringComparison.Ordinal);
        Assert.Contains("abuse@inny.example", text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Two_sources_that_agree_are_trusted_and_the_registrar_is_known(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("galeria.example");
        await host.RunOnly("tracing.trace-item");

        var trace = Assert.Single(await host.Traces(id));
        Assert.Null(trace.OtherAbuseMails);
        Assert.Equal(Confidence.High, trace.Facts.First(f => f.Kind == FactKind.AbuseContact && f.Source.StartsWith("rdap", StringComparison.Ordinal)).Confidence);
        Assert.Contains(trace.Facts, f => f.Kind == FactKind.AbuseContact && f.Source.StartsWith("abuse-c", StringComparison.Ordinal));
        Assert.Equal(("galeria.example", "Rejestrator Przykładowy S.A.", "abuse@rejestrator.example"), (trace.RegisteredName, trace.Registrar, trace.RegistrarMail));
        using var analyst = await host.SignInEnglish(Role.Analyst);
        Assert.Contains("abuse@rejestrator.example", (await analyst.Get($"/staff/items/{id}")).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Where_the_registry_names_nobody_the_second_source_does(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        world.Rdap.Behave("ip/192.0.2.10", RdapFault.NoContact);
        var id = await host.OpenItem("galeria.example");
        await host.RunOnly("tracing.trace-item");

        Assert.Equal(("abuse@hosting-pl.example", null), (Assert.Single(await host.Traces(id)).AbuseMail, (await host.Traces(id))[0].OtherAbuseMails));
    }

    [Theory, OnBothDatabases]
    public async Task A_registry_of_names_or_a_second_source_that_fails_delays_nothing(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        world.Rdap.Behave("domain/galeria.example", RdapFault.Unavailable);
        world.Rdap.Behave("abuse-contact/192.0.2.10", RdapFault.Unavailable);
        var id = await host.OpenItem("galeria.example");
        await host.RunOnly("tracing.trace-item");

        var trace = Assert.Single(await host.Traces(id));
        Assert.Equal((null, "abuse@hosting-pl.example"), (trace.Registrar, trace.AbuseMail));
        Assert.Equal(2, trace.Facts.Count(f => f is { Kind: FactKind.NoAnswer, Value: "rdap-unavailable" }));
    }

    [Theory]
    [OnBothDatabases("abcdefghijklmnop.onion", "onion")]
    [OnBothDatabases("przyklad.i2p", "i2p")]
    public async Task An_overlay_address_says_that_it_cannot_be_traced_and_nobody_is_asked(DatabaseKind database, string name, string network)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem(name);

        await host.RunOnly("tracing.trace-item");

        var trace = Assert.Single(await host.Traces(id));
        Assert.Equal((TraceOutcome.Untraceable, network), (trace.Outcome, trace.Rule));
        Assert.Equal(PersonNeeded.AddressKindUnsupported, (await host.Item(id)).PersonNeeded);
        Assert.Empty(world.Dns.Questions);
        Assert.Empty(world.Rdap.Queries);
        using var analyst = await host.SignInEnglish(Role.Analyst);
        var page = await analyst.Get($"/staff/items/{id}");
        Assert.Contains("can't be traced this way", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("form[action$='/again']"));
    }
}
