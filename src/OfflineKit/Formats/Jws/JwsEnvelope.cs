using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Jws;

/// <summary>A JWS over the payload that it carries, or over another file.</summary>
/// <remarks>Source: docs/spec/jws.md §4. Trust comes from pinned keys; <c>kid</c> is a hint, and keys in a header are ignored.</remarks>
internal sealed class JwsEnvelope(JwsDocument document) : Envelope
{
    /// <inheritdoc/>
    public override string Format => JwsFormat.FormatName;

    /// <inheritdoc/>
    public override OwnContent? OwnContent => document.Payload is { } payload ? OwnContent.Embedded(payload) : null;

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override ImmutableArray<string> DocumentNames => document.IsCompact ? [] : NamesOfJson;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
    [
        new("payload", document.Payload is { } payload ? $"{payload.Length} bytes in the JWS" : "in another file"),
        .. document.Signatures.SelectMany(ClaimsOf),
        .. TokenClaims(),
    ];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => document.Payload is not null ? ReadingPlan.Of(DigestAlgorithm.Sha256) : new ReadingPlan(
        [DigestAlgorithm.Sha256], Content: IsCalledToken || document.Signatures.Any(signature => signature.Frame is null))
    {
        Framed = [.. document.Signatures.Select(signature => signature.Frame).OfType<FramedHash>()],
    };

    // What is called a token is read as one.
    private bool IsCalledToken => document.Signatures.Any(signature => signature.Header.IsToken);

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        // 1 What is signed: the payload in the JWS, or the file beside it.
        Verification verification = new();
        if (document.Payload is null && (artifact.IsDocumentItself || artifact.IsDigestOnly))
        {
            verification.Failed("payload", artifact.IsDocumentItself
                ? JwsReasons.Detached.Because("the JWS carries no payload, and no file was named")
                : Reasons.DigestOnly.Because("a JWS is verified over the file itself"));
            return verification.Close();
        }

        // 2 Which trusted keys signed it, and 3 do they count here?
        Finding? closest = null;
        bool isProved = false;
        foreach (JwsSignature signature in document.Signatures)
        {
            isProved |= VerifyOne(signature, artifact, context, verification, ref closest);
        }

        if (!isProved && verification.IsClean)
        {
            verification.Failed("signature", closest!);
        }

        // 4 Does the token hold at the stated time? 5 What follows.
        JudgeClaims(artifact, context, verification);
        if (isProved && verification.IsClean)
        {
            verification.Proved(document.Payload is { } payload
                ? CoversArtifact.Prove(artifact, Digest.Sha256(payload.Span), "payload")
                : CoversArtifact.Prove(artifact, artifact.Digest(DigestAlgorithm.Sha256)!));
        }

        return verification.Close();
    }

    // A signature by somebody unknown is passed over where another one counts; one that names a trusted key and is not by it is a refusal.
    private bool VerifyOne(JwsSignature signature, Artifact artifact, VerificationContext context, Verification verification, ref Finding? closest)
    {
        JwsHeader header = signature.Header;
        Result<KeySignature> signer = document.Payload is { } payload ? signature.Signer(context.Trust, payload) : signature.Signer(context.Trust, artifact);
        if (signer.Value is not { } made)
        {
            closest ??= signer.Finding;
            if (header.KeyHint is { } hint && context.Trust.Keys.Any(key => key.IsCalled(hint)))
            {
                verification.Failed("signature", signer.Finding!);
            }
            else if (document.Signatures.Length > 1)
            {
                verification.NotEvaluated("signature", signer.Finding!.Detail);
            }

            return false;
        }

        verification.Passed("signature", $"{header.Label.Text} by key \"{made.Key.Name}\"", made.Key.Root);
        if (!header.KeysOffered.IsEmpty)
        {
            verification.Noted("note.jws-key-in-header", $"the header offers a key ({string.Join(", ", header.KeysOffered)}), which was not looked at");
        }

        SignatureFacts facts = new(Format) { ArtifactName = artifact.IsDocumentItself ? null : artifact.Name, PayloadType = header.ContentType };
        // Each signature has a header of its own, so what one header says of the payload, only its signer says.
        string signerName = made.Key.Material.Fingerprint;
        bool counts = verification.Prove(made, facts, context, signerName);
        if (counts && header.ContentType is { } type)
        {
            verification.Proved(new States(type, predicateType: ""), signer: signerName);
        }

        return counts;
    }

    // A payload that the header does not call a token is one all the same when it states an end or a beginning as tokens do.
    private void JudgeClaims(Artifact artifact, VerificationContext context, Verification verification)
    {
        if (!verification.IsClean || (document.Payload ?? (IsCalledToken ? artifact.Content : null)) is not { } payload)
        {
            return;
        }

        Result<JwtClaims> claims = Result.Parse(JwsReasons.Claims, () => JwtClaims.Parse(payload));
        if (claims.Value is null && (IsCalledToken || (claims.Finding!.Reason == JwsReasons.Claims && StrictJson.MayBeReadAsObject(payload.Span))))
        {
            verification.Failed("claims", claims.Finding!);
        }
        else if (claims.Value is { } token && token != new JwtClaims(NotBefore: null, Expires: null))
        {
            Report(token, context.StatedTime, verification);
        }
    }

    private static void Report(JwtClaims token, DateTimeOffset? time, Verification verification)
    {
        if (token.Judge(time) is { } finding)
        {
            verification.Failed("claims", finding);
        }
        else
        {
            verification.Passed("claims", $"the token holds{(token.NotBefore is { } begin ? $" from {UtcText.Seconds(begin)}" : "")}{(token.Expires is { } end ? $" until {UtcText.Seconds(end)}" : "")}");
        }
    }

    private static IEnumerable<Claim> ClaimsOf(JwsSignature signature)
    {
        yield return new Claim("algorithm", signature.Header.Label.Text);
        if (signature.Header.KeyHint is { } key)
        {
            yield return new Claim("key", key);
        }

        if (signature.Header.Type is { } type)
        {
            yield return new Claim("type", type);
        }
    }

    private IEnumerable<Claim> TokenClaims() =>
        document.Payload is { } payload && Result.Parse(JwsReasons.Claims, () => StrictJson.ParseObject(payload, "JWT claims")).Value is { } claims
            ? claims.Members.Where(member => member.Key is "iss" or "sub" or "aud" or "jti" or "exp" or "nbf" or "iat").Select(member => new Claim(member.Key, Utf8Text.Spell(member.Value.Raw.Span)))
            : [];
}
