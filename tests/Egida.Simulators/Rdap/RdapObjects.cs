using System.Net;

namespace Egida.Simulators;

/// <summary>RFC 9083 objects as the registries send them: contacts are jCards (RFC 7095) and the abuse entity hangs below another one.</summary>
internal static class RdapObjects
{
    private const string Redacted = "REDACTED FOR PRIVACY";

    private static readonly string[] Conformance = ["rdap_level_0", "nro_rdap_profile_0", "cidr0"];

    public static object Network(HostingNetwork network, string self, RdapFault fault) => new
    {
        objectClassName = "ip network",
        handle = network.Handle,
        startAddress = network.First.ToString(),
        endAddress = network.Last.ToString(),
        ipVersion = network.First.GetAddressBytes().Length == 4 ? "v4" : "v6",
        name = network.Handle.Replace('-', '_'),
        type = "ASSIGNED PA",
        country = network.Country,
        status = new[] { "active" },
        entities = Entities(network.Holder, network.AbuseMail, fault),
        cidr0_cidrs = new[] { Cidr(network.Range) },
        links = Links(self),
        events = Events,
        rdapConformance = Conformance,
    };

    public static object AutonomousSystem(HostingNetwork network, string self, RdapFault fault) => new
    {
        objectClassName = "autnum",
        handle = $"AS{network.Asn}",
        startAutnum = network.Asn,
        endAutnum = network.Asn,
        name = network.Handle,
        country = network.Country,
        status = new[] { "active" },
        entities = Entities(network.Holder, network.AbuseMail, fault),
        links = Links(self),
        events = Events,
        rdapConformance = Conformance,
    };

    public static object Domain(string name, string self, RdapFault fault) => new
    {
        objectClassName = "domain",
        handle = $"D-{name.ToUpperInvariant()}",
        ldhName = name,
        status = new[] { "active" },
        nameservers = new[] { new { objectClassName = "nameserver", ldhName = "ns.example" } },
        entities = new object[]
        {
            Entity("REGISTRANT", ["registrant"], Redacted, Redacted, []),
            Entity("REGISTRAR-1", ["registrar"], "Rejestrator Przykładowy S.A.", null,
                fault == RdapFault.NoContact ? [] : [Entity("ABUSE-REG", ["abuse"], "Abuse", Mail("abuse@rejestrator.example", fault), [])]),
        },
        links = Links(self),
        events = Events,
        rdapConformance = Conformance,
    };

    public static object Error(int code, string title) => new
    {
        errorCode = code,
        title,
        description = new[] { "This registry has nothing more to say." },
        rdapConformance = Conformance,
    };

    private static object[] Entities(string holder, string? abuse, RdapFault fault)
    {
        object[] below = fault == RdapFault.NoContact || abuse is null ? [] : [Entity("ABUSE-1", ["abuse"], "Abuse desk", Mail(abuse, fault), [])];
        return
        [
            Entity("TECH-1", ["technical", "administrative"], "Network operations", Redacted, []),
            Entity("ORG-1", ["registrant"], holder, null, below),
            .. fault == RdapFault.TwoDesks ? new[] { Entity("ABUSE-2", ["abuse"], "Another desk", "abuse@inny.example", []) } : [],
        ];
    }

    private static string Mail(string mail, RdapFault fault) => fault == RdapFault.Redacted ? Redacted : mail;

    private static object Entity(string handle, string[] roles, string name, string? mail, object[] below) => new
    {
        objectClassName = "entity",
        handle,
        roles,
        vcardArray = new object[] { "vcard", Card(name, mail) },
        entities = below,
    };

    private static object[] Card(string name, string? mail)
    {
        object[] version = ["version", new { }, "text", "4.0"], fullName = ["fn", new { }, "text", name], kind = ["kind", new { }, "text", "org"];
        return mail is null ? [version, fullName, kind] : [version, fullName, kind, new object[] { "email", new { type = "work" }, "text", mail }];
    }

    private static object Cidr(IPNetwork range) => range.BaseAddress.GetAddressBytes().Length == 4
        ? new { v4prefix = range.BaseAddress.ToString(), length = range.PrefixLength }
        : new { v6prefix = range.BaseAddress.ToString(), length = range.PrefixLength };

    private static object[] Links(string self) => [new { value = self, rel = "self", href = self, type = "application/rdap+json" }];

    private static object[] Events => [new { eventAction = "registration", eventDate = "2019-04-01T08:00:00Z" }];
}
