using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Egida.Platform.Fetching;

/// <param name="Server">`address:port` of the resolver to ask; empty: the system's.</param>
/// <param name="TrustAnchorFile">A file of DS or DNSKEY records (Debian: /usr/share/dns/root.key). Empty: signatures are not checked.</param>
public sealed record DnsOptions(string? Server, string? TrustAnchorFile, TimeSpan Timeout);

/// <summary>
/// Asks for a host's addresses. Every look-up has a context of its own, so nothing is remembered from the last one: what counts as evidence
/// is the answer of this moment, and a name that changes its answer is seen to.
/// </summary>
public sealed class DnsResolver(DnsOptions options)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(4);
    private static readonly Lock Creating = new();
    private static readonly ConcurrentDictionary<nint, TaskCompletionSource<Reply>> Waiting = new();
    private static long lastKey;

    private readonly string? forwarder = options.Server is null or "" ? null : Forwarder(options.Server);

    public async Task<DnsAnswer> Resolve(string host, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(options.Timeout);
        var context = Open();
        var keys = new[] { (nint)Interlocked.Increment(ref lastKey), (nint)Interlocked.Increment(ref lastKey) };
        try
        {
            var four = Ask(context, host, Unbound.TypeA, keys[0]);
            var six = Ask(context, host, Unbound.TypeAaaa, keys[1]);
            while (!four.IsCompleted || !six.IsCompleted)
            {
                await Task.Delay(Glance, deadline.Token);
                if (Unbound.Process(context) != 0)
                {
                    return new DnsAnswer.Failed("dns-error");
                }
            }

            return Judge(host, await four, await six);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new DnsAnswer.Failed("dns-timeout");
        }
        finally
        {
            foreach (var key in keys)
            {
                Waiting.TryRemove(key, out _);
            }

            Unbound.Delete(context);
        }
    }

    /// <summary>Two replies, one answer. A name is only without addresses when both families say so.</summary>
    private DnsAnswer Judge(string host, Reply four, Reply six)
    {
        var security = options.TrustAnchorFile is null or "" ? DnsSecurity.NotChecked
            : four.Security == DnsSecurity.Bogus || six.Security == DnsSecurity.Bogus ? DnsSecurity.Bogus
            : four.Security == DnsSecurity.Secure && six.Security == DnsSecurity.Secure ? DnsSecurity.Secure
            : DnsSecurity.Insecure;
        byte[] raw = [.. four.Packet, .. six.Packet];
        var hash = SHA256.HashData(raw);
        IPAddress[] addresses = [.. Addresses(four, 4), .. Addresses(six, 16)];
        if (security == DnsSecurity.Bogus && addresses.Length == 0)
        {
            return new DnsAnswer.Failed("dns-bogus");
        }

        if (addresses.Length > 0)
        {
            var withData = four.Data.Count > 0 ? four : six;
            var shortest = new[] { four, six }.Where(r => r.Data.Count > 0).Min(r => r.TimeToLive);
            return new DnsAnswer.Found(addresses, DnsAliases.Of(withData.Packet, host), TimeSpan.FromSeconds(Math.Max(0, shortest)), security, hash) { Raw = raw };
        }

        if (new[] { four, six }.FirstOrDefault(r => r.Code is not (NoError or NoSuchDomain)) is { } failed)
        {
            return new DnsAnswer.Failed(failed.Code switch { 2 => "dns-servfail", 5 => "dns-refused", _ => "dns-error" });
        }

        return new DnsAnswer.NoAddress(!four.NoSuchName, security, hash) { Raw = raw };
    }

    private static IEnumerable<IPAddress> Addresses(Reply reply, int length) => reply.Data
        .Where(data => data.Length == length)
        .Order(Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))
        .Select(data => new IPAddress(data))
        .Distinct();

    private static Task<Reply> Ask(nint context, string host, int type, nint key)
    {
        var waiting = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        Waiting[key] = waiting;
        var error = Unbound.Ask(context, host, type, key);
        return error == 0 ? waiting.Task : Task.FromResult(WithoutPacket(error));
    }

    /// <summary>A text that can't be a name (an empty label, a label of 64 letters) doesn't exist in the domain name system.</summary>
    private static Reply WithoutPacket(int error)
    {
        const int syntax = -3;
        return new Reply(error == syntax ? NoSuchDomain : ServerFailure, error == syntax, DnsSecurity.Insecure, [], [], 0);
    }

    private nint Open()
    {
        // Making a context touches libunbound's global state (log, random seed); using one doesn't.
        lock (Creating)
        {
            var context = Unbound.Create();
            if (context == 0)
            {
                throw new InvalidOperationException("libunbound could not make a context: out of memory or file descriptors.");
            }

            try
            {
                // Its log would name hosts.
                Must(Unbound.LogTo(context, 0));
                Must(Unbound.AnswerInThread(context, 1));
                Must(Unbound.SetOption(context, "do-not-query-localhost:", "no"));
                Must(Unbound.SetOption(context, "module-config:", options.TrustAnchorFile is null or "" ? "iterator" : "validator iterator"));
                Must(forwarder is null ? Unbound.UseSystemResolvers(context, 0) : Unbound.SetForwarder(context, forwarder));
                if (options.TrustAnchorFile is not (null or ""))
                {
                    Must(Unbound.AddTrustAnchors(context, options.TrustAnchorFile));
                }

                // Answered from within by default (RFC 6761); here the resolver that is asked shall say. Seals the settings, so it comes last.
                Must(Unbound.RemoveLocalZone(context, "test."));
                return context;
            }
            catch
            {
                Unbound.Delete(context);
                throw;
            }
        }
    }

    private static string Forwarder(string server) =>
        IPEndPoint.TryParse(server, out var endpoint)
            ? $"{endpoint.Address}@{(endpoint.Port == 0 ? 53 : endpoint.Port)}"
            : throw new InvalidOperationException($"The DNS server '{server}' must be an address and a port, such as 192.0.2.53:53.");

    private static void Must(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"libunbound refused a setting (error {result}).");
        }
    }

    private const int NoError = 0, ServerFailure = 2, NoSuchDomain = 3;

    private sealed record Reply(int Code, bool NoSuchName, DnsSecurity Security, IReadOnlyList<byte[]> Data, byte[] Packet, int TimeToLive);

    /// <summary>Called by libunbound within <see cref="Unbound.Process"/>. Copies everything and never throws: an exception must not cross into C.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static unsafe void Answered(nint key, int error, Unbound.Result* result)
    {
        if (!Waiting.TryRemove(key, out var waiting))
        {
            if (error == 0)
            {
                Unbound.Free(result);
            }

            return;
        }

        if (error != 0 || result is null)
        {
            waiting.TrySetResult(WithoutPacket(error));
            return;
        }

        var data = new List<byte[]>();
        for (var i = 0; result->Data is not null && result->Data[i] is not null; i++)
        {
            data.Add(new ReadOnlySpan<byte>(result->Data[i], result->Lengths[i]).ToArray());
        }

        var security = result->Bogus != 0 ? DnsSecurity.Bogus : result->Secure != 0 ? DnsSecurity.Secure : DnsSecurity.Insecure;
        var packet = new ReadOnlySpan<byte>(result->AnswerPacket, result->AnswerLength).ToArray();
        waiting.TrySetResult(new Reply(result->ResponseCode, result->NoSuchDomain != 0, security, data, packet, result->TimeToLive));
        Unbound.Free(result);
    }
}
