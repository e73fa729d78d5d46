using System.Net;

namespace Egida.Simulators;

/// <summary>`POST /faults`: which part misbehaves towards whom, and how. The fault `None` ends it.</summary>
internal static class ControlFaults
{
    public static async Task Set(World world, string part, string target, string fault)
    {
        switch (part)
        {
            case "rdap":
                world.Rdap.Behave(target, Enum.Parse<RdapFault>(fault, ignoreCase: true));
                break;
            case "mail" when fault == "stopped":
                await world.Mail.Stop();
                break;
            case "mail" when fault == "started":
                world.Mail.Start();
                break;
            case "mail":
                world.Mail.Behave(target, Enum.Parse<MailFault>(fault, ignoreCase: true));
                break;
            case "dns":
                var name = world.Dns.Zone.Find(target) ?? new DnsName(target) { Addresses = [IPAddress.Parse("192.0.2.10")] };
                world.Dns.Zone.Set(name with { Behaviour = fault == "None" ? DnsBehaviour.Ordinary : Enum.Parse<DnsBehaviour>(fault, ignoreCase: true) });
                break;
            case "egress":
                world.Egress.Down = fault == "down";
                break;
            case "iccam":
                world.Iccam.Unavailable = fault == "unavailable";
                if (fault == "expired")
                    world.Iccam.ExpireTokens();
                break;
            case "provider":
                world.Provider.AutoRemove = fault != "idle";
                break;
            case "tsa":
                world.Tsa.Fault = Enum.Parse<TsaFault>(fault, ignoreCase: true);
                break;
            case "hash-sharing":
                Desk(world, target).Behave(Enum.Parse<HashSharingFault>(fault, ignoreCase: true));
                break;
            default:
                throw new ArgumentException("part is one of rdap, mail, dns, egress, iccam, provider, tsa, hash-sharing");
        }
    }

    private static HashSharingDesk Desk(World world, string target) => target switch
    {
        "ncmec" => world.HashSharing.Ncmec,
        "stopncii" => world.HashSharing.StopNcii,
        "threatexchange" => world.HashSharing.ThreatExchange,
        "arachnid" => world.HashSharing.Arachnid,
        _ => throw new ArgumentException("target is one of ncmec, stopncii, threatexchange, arachnid"),
    };
}
