using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>A time-stamp authority: RFC 3161 over HTTPS. It stamps by the machine's clock.</summary>
public sealed class TimeStampService
{
    public const string Policy = "1.2.3.4.1";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";

    private readonly ConcurrentQueue<byte[]> stamped = new();
    private long serial;

    internal TimeStampService(string stateFolder)
    {
        var folder = Path.Combine(stateFolder, "tsa");
        Directory.CreateDirectory(folder);
        RootFile = Path.Combine(folder, "root.pem");
        File.WriteAllText(RootFile, TsaCertificates.All.RootPem);
    }

    /// <summary>PEM that its certificate leads to.</summary>
    public string RootFile { get; }

    public Uri Url { get; private set; } = null!;

    public TsaFault Fault { get; set; }

    /// <summary>The hashes that were stamped: all it ever learns.</summary>
    public IReadOnlyCollection<byte[]> Stamped => stamped;

    internal void StartAt(int port) => Url = new Uri($"https://localhost:{port}/tsa");

    internal async Task Answer(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.ContentType is not "application/timestamp-query")
        {
            context.Response.StatusCode = 415;
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        switch (Fault)
        {
            case TsaFault.Unavailable:
                context.Response.StatusCode = 503;
                break;
            case TsaFault.Aborted:
                context.Abort();
                break;
            case TsaFault.Html:
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<p>Welcome</p>", context.RequestAborted);
                break;
            case TsaFault.Garbage:
                await Reply(context, [1, 2, 3, 4]);
                break;
            default:
                await Reply(context, Respond(body.ToArray()));
                break;
        }
    }

    private byte[] Respond(byte[] asked)
    {
        if (Fault == TsaFault.Rejection || !Rfc3161TimestampRequest.TryDecode(asked, out var request, out _))
            return Response(status: 2, token: null);

        var hash = request.GetMessageHash().ToArray();
        stamped.Enqueue(hash);
        var nonce = request.GetNonce();
        if (Fault == TsaFault.WrongImprint)
            hash = SHA256.HashData(hash);
        if (Fault == TsaFault.WrongNonce)
            nonce = new byte[] { 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x08 };
        var policy = Fault == TsaFault.WrongPolicy ? "1.2.3.4.9" : request.RequestedPolicyId?.Value ?? Policy;
        var number = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(number, 0x0100000000000000 + Interlocked.Increment(ref serial));
        var info = new Rfc3161TimestampTokenInfo(new Oid(policy), request.HashAlgorithmId, hash, number, DateTimeOffset.UtcNow, nonce: nonce);
        return Response(status: 0, Token(info.Encode()));
    }

    private byte[] Token(byte[] info)
    {
        var certificate = Fault switch
        {
            TsaFault.WrongChain => TsaCertificates.All.OfStranger,
            TsaFault.ExpiredCertificate => TsaCertificates.All.Expired,
            TsaFault.NotForStamping => TsaCertificates.All.NotForStamping,
            _ => TsaCertificates.All.Good,
        };
        var cms = new SignedCms(new ContentInfo(new Oid("1.2.840.113549.1.9.16.1.4"), info));
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate) { DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"), IncludeOption = X509IncludeOption.EndCertOnly };
        signer.SignedAttributes.Add(new AsnEncodedData(new Oid(SigningCertificateV2), Identity(certificate)));
        cms.ComputeSignature(signer);
        var token = cms.Encode();
        if (Fault == TsaFault.BrokenSignature)
            token[^5] ^= 1;
        return token;
    }

    /// <summary>SigningCertificateV2 (RFC 5035), by SHA-256.</summary>
    private static byte[] Identity(X509Certificate2 certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
        return writer.Encode();
    }

    private static byte[] Response(int status, byte[]? token)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
                writer.WriteInteger(status);
            if (token is not null)
                writer.WriteEncodedValue(token);
        }

        return writer.Encode();
    }

    private static async Task Reply(HttpContext context, byte[] reply)
    {
        context.Response.ContentType = "application/timestamp-reply";
        await context.Response.Body.WriteAsync(reply, context.RequestAborted);
    }
}
