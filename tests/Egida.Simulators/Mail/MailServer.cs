using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Egida.Simulators;

/// <summary>Everybody's mailbox: SMTP (RFC 5321) with SIZE, 8BITMIME, PIPELINING and STARTTLS. Each message is a file in
/// `mail/RECIPIENT/new/` (as Maildir has it) and in memory. Refuses AUTH (502), mail above 26 MB (552), lines out of order (503).</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ReceivedMail>> boxes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, MailFault> faults = new(StringComparer.OrdinalIgnoreCase);
    private readonly string folder;
    private readonly CertificateAuthority authority;
    private TcpListener listener;
    private CancellationTokenSource stop = new();
    private Task serving = Task.CompletedTask;
    private int count;

    internal MailServer(int port, string stateFolder, CertificateAuthority authority)
    {
        this.authority = authority;
        folder = Path.Combine(stateFolder, "mail");
        Directory.CreateDirectory(folder);
        listener = new TcpListener(IPAddress.Loopback, port);
        Listen();
        EndPoint = (IPEndPoint)listener.LocalEndpoint;
    }

    public IPEndPoint EndPoint { get; }

    public bool Running { get; private set; }

    /// <summary>Raised after a message is kept, before the sender hears "250".</summary>
    public event Action<string, ReceivedMail>? Kept;

    public IReadOnlyList<ReceivedMail> Inbox(string address) => boxes.TryGetValue(address, out var box) ? [.. box] : [];

    public IReadOnlyList<string> Mailboxes => [.. boxes.Keys.Order(StringComparer.Ordinal)];

    /// <summary>`*` is every recipient without a behaviour of its own.</summary>
    public void Behave(string recipient, MailFault fault) => faults[recipient] = fault;

    public void BehaveWell() => faults.Clear();

    /// <summary>The port refuses connections until <see cref="Start"/>.</summary>
    public async Task Stop()
    {
        if (!Running)
            return;
        Running = false;
        await stop.CancelAsync();
        listener.Stop();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Start()
    {
        if (Running)
            return;
        stop.Dispose();
        stop = new CancellationTokenSource();
        listener = new TcpListener(EndPoint);
        Listen();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        stop.Dispose();
    }

    internal MailFault FaultOf(string recipient) => faults.GetValueOrDefault(recipient, faults.GetValueOrDefault("*"));

    internal void Keep(string sender, IReadOnlyList<string> recipients, byte[] raw, bool encrypted)
    {
        foreach (var recipient in recipients)
        {
            var box = Path.Combine(folder, FolderName(recipient), "new");
            Directory.CreateDirectory(box);
            var file = Path.Combine(box, $"{Interlocked.Increment(ref count):000000}.eml");
            File.WriteAllBytes(file, raw);
            var mail = new ReceivedMail(sender, recipients, raw, DateTimeOffset.UtcNow, file, encrypted);
            boxes.GetOrAdd(recipient, _ => new()).Enqueue(mail);
            Kept?.Invoke(recipient, mail);
        }
    }

    private static string FolderName(string recipient) =>
        string.Concat(recipient.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '.' or '-' or '+' ? c : '_'));

    private void Listen()
    {
        listener.Start();
        Running = true;
        serving = TcpConversations.Serve(listener, (stream, cancel) => new SmtpConversation(this, authority, stream).Run(cancel), stop.Token);
    }
}
