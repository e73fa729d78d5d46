using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Egida.Police.TimeStamps;

/// <summary>What came of asking for a time stamp.</summary>
internal abstract record TimeStampAnswer
{
    private TimeStampAnswer()
    {
    }

    /// <param name="Token">TimeStampToken, DER.</param>
    /// <param name="At">By the authority's clock.</param>
    /// <param name="By">The subject of its certificate.</param>
    public sealed record Stamped(byte[] Token, DateTime At, string By) : TimeStampAnswer;

    /// <summary>It is down or says «not now»: nothing is wrong with what it says.</summary>
    public sealed record Away(string Problem) : TimeStampAnswer;

    /// <summary>It answered, and the answer is no time stamp of ours.</summary>
    public sealed record Wrong(string Problem) : TimeStampAnswer;

    /// <summary>
    /// Is it a granted stamp (RFC 3161 §2.4.2) over this very hash, with this very nonce, under the wanted policy, by somebody whose certificate is for time stamps and leads to
    /// one of the roots? The first of these that fails is named.
    /// </summary>
    internal static TimeStampAnswer Judge(byte[] answer, Rfc3161TimestampRequest request, ReadOnlySpan<byte> sha256, X509Certificate2Collection roots)
    {
        var (status, encoded) = Read(answer);
        if (status is not (0 or 1))
        {
            return new Wrong(status is null ? "tsa-strange-answer: the time-stamp authority's answer isn't one of RFC 3161" : $"tsa-refused: the time-stamp authority gave no stamp (status {status})");
        }

        if (!Rfc3161TimestampToken.TryDecode(encoded, out var token, out _))
        {
            return IsSigned(encoded)
                ? new Wrong("tsa-wrong-signature: the time stamp's signature doesn't hold, or its certificate isn't one for time stamps or wasn't valid then")
                : new Wrong("tsa-strange-answer: what the time-stamp authority sent isn't a time stamp");
        }

        var info = token.TokenInfo;
        if (info.HashAlgorithmId.Value != request.HashAlgorithmId.Value || !info.GetMessageHash().Span.SequenceEqual(sha256))
        {
            return new Wrong("tsa-wrong-imprint: the time stamp is over something else");
        }

        if (info.GetNonce() is not { } nonce || !nonce.Span.SequenceEqual(request.GetNonce()!.Value.Span))
        {
            return new Wrong("tsa-wrong-nonce: the time stamp answers another question; somebody may be playing an old one back");
        }

        if (request.RequestedPolicyId is { } policy && info.PolicyId.Value != policy.Value)
        {
            return new Wrong("tsa-wrong-policy: the time stamp was made under another policy than TimeStamps:Policy");
        }

        if (!token.VerifySignatureForHash(sha256, HashAlgorithmName.SHA256, out var signer))
        {
            return new Wrong("tsa-wrong-signature: the time stamp's signature doesn't hold, or its certificate isn't one for time stamps");
        }

        return LeadsTo(roots, signer, token, info.Timestamp)
            ? new Stamped(token.AsSignedCms().Encode(), info.Timestamp.UtcDateTime, signer.Subject)
            : new Wrong("tsa-wrong-chain: the time-stamp authority's certificate doesn't lead to a root of TimeStamps:Authorities, or wasn't valid then");
    }

    /// <summary>The framework takes no token whose signature or certificate is wrong; this tells it from what is no token at all.</summary>
    private static bool IsSigned(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            new SignedCms().Decode(encoded.Span);
            return !encoded.IsEmpty;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool LeadsTo(X509Certificate2Collection roots, X509Certificate2 signer, Rfc3161TimestampToken token, DateTimeOffset at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = at.LocalDateTime,
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.8"));
        return chain.Build(signer);
    }

    /// <returns>PKIStatus and the token's bytes, if there are any; no status when this is no TimeStampResp.</returns>
    private static (int? Status, ReadOnlyMemory<byte> Token) Read(byte[] answer)
    {
        try
        {
            var response = new AsnReader(answer, AsnEncodingRules.BER).ReadSequence();
            var status = response.ReadSequence().TryReadInt32(out var number) ? number : (int?)null;
            return (status, response.HasData ? response.ReadEncodedValue() : default);
        }
        catch (AsnContentException)
        {
            return (null, default);
        }
    }
}
