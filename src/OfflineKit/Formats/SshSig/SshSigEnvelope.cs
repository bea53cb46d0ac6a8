using System.Buffers.Binary;
using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.SshSig;

/// <summary>An SSH signature: a key, a namespace, and a signature over the namespace and the file's hash.</summary>
/// <remarks>Source: OpenSSH PROTOCOL.sshsig; docs/spec/sshsig.md. The key inside is a hint: trust comes from allowed_signers.</remarks>
public sealed class SshSigEnvelope : Envelope
{
    private const string Label = "SSH SIGNATURE", What = "SSH signature";
    private const uint Version = 1;

    private readonly byte[] _keyBlob;
    private readonly SshPublicKey _key;
    private readonly string _namespace, _hashName;
    private readonly DigestAlgorithm _hash;
    private readonly SshSignatureBlob _signature;

    private SshSigEnvelope(ReadOnlySpan<byte> blob)
    {
        SshCursor cursor = new(blob, What);
        cursor.Literal("SSHSIG"u8, "does not begin with SSHSIG");
        uint version = cursor.Number();
        if (version != Version)
        {
            throw new MalformedException($"{What}: version {version}, wanted {Version}");
        }

        _keyBlob = cursor.Bytes().ToArray();
        _namespace = cursor.Text();
        if (_namespace.Length == 0 || !cursor.Bytes().IsEmpty)
        {
            throw new MalformedException($"{What}: an empty namespace, or a reserved field that is not empty");
        }

        _hashName = cursor.Text();
        _hash = _hashName switch
        {
            "sha256" => DigestAlgorithm.Sha256,
            "sha512" => DigestAlgorithm.Sha512,
            _ => throw new MalformedException(AlgorithmReasons.HashNotAccepted, $"{What}: hash algorithm {_hashName}, wanted sha256 or sha512"),
        };
        ReadOnlySpan<byte> signature = cursor.Bytes();
        cursor.End();
        _key = SshPublicKey.Parse(_keyBlob);
        _signature = SshSignatureBlob.Parse(signature, _key);
    }

    /// <summary>The first line.</summary>
    public static ReadOnlySpan<byte> Begin => "-----BEGIN SSH SIGNATURE-----"u8;

    /// <inheritdoc/>
    public override string Format => "sshsig";

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
    [
        new("namespace", _namespace),
        new("hash", _hashName),
        new("key", $"{_key.Type} SHA256:{SshFingerprint()}"),
        .. _key.Application is { } application ? [new Claim("application", application)] : ImmutableArray<Claim>.Empty,
    ];

    /// <summary>The signature in <paramref name="armored"/>, with nothing before its first line or after its last.</summary>
    public static SshSigEnvelope Parse(ReadOnlySpan<byte> armored)
    {
        if (!armored.StartsWith(Begin))
        {
            throw new MalformedException($"{What}: text before the first line");
        }

        Pem block = Pem.ParseOne(armored, What);
        return string.Equals(block.Label, Label, StringComparison.Ordinal)
            ? new SshSigEnvelope(block.Content.Span)
            : throw new MalformedException($"{What}: PEM block {block.Label}, wanted {Label}");
    }

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [Demand.Namespace];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => ReadingPlan.Of(_hash);

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        // 1 Who is asked for, and for what?
        if (context.Expectations is not { Identity: { Length: > 0 } identity, Namespace: { Length: > 0 } wanted })
        {
            return Proof.Refused(SshSigReasons.NotAsked.Because($"the signature is for namespace {_namespace}"));
        }

        if (!string.Equals(wanted, _namespace, StringComparison.Ordinal))
        {
            return Proof.Refused(SshSigReasons.NamespaceMismatch.Because($"the signature is for namespace {_namespace}, wanted {wanted}"));
        }

        // 2 The lines of allowed_signers with this key.
        ImmutableArray<AllowedSigner> lines = [.. context.Trust.SshSigners.Where(signer => signer.Blob.Span.SequenceEqual(_keyBlob))];
        if (lines.IsEmpty)
        {
            return Proof.Refused(Reasons.UnknownKey.Because($"no allowed signer has the key SHA256:{SshFingerprint()} ({_key.Type})"));
        }

        // 3 The signature.
        Verification verification = new();
        if (artifact.Digest(_hash) is not { } digest)
        {
            return Proof.Refused(Reasons.DigestOnly.Because($"the signature is over the {_hashName} digest, which is not known"));
        }

        if (!IsSigned(digest))
        {
            verification.Failed("signature", Reasons.SignatureMismatch.Because($"the signature does not verify under the key SHA256:{SshFingerprint()}"));
            return verification.Close();
        }

        verification.Passed("signature", $"{_key.Type} key SHA256:{SshFingerprint()}, namespace {_namespace}", lines[0].Source);

        // 4 Does one of the lines let this signer do this?
        Conclude(lines, identity, artifact, digest, context, verification);
        return verification.Close();
    }

    private bool IsSigned(Digest digest) =>
        PublicKey.Bind(_key.Material, _signature.Scheme).Verifies(_signature.Signed(Preimage(digest), _key), _signature.Value.Span);

    private void Conclude(
        ImmutableArray<AllowedSigner> lines, string identity, Artifact artifact, Digest digest, VerificationContext context, Verification verification)
    {
        ImmutableArray<(AllowedSigner Line, Finding? Finding)> judged = [.. lines.Select(line => (line, Judge(line, identity, context)))];
        AllowedSigner? allowed = judged.FirstOrDefault(pair => pair.Finding is null).Line;
        if (allowed is null)
        {
            // The line that came furthest says most: one about somebody else says least.
            Finding closest = judged.Select(pair => pair.Finding!).OrderBy(finding => finding.Reason == SshSigReasons.IdentityMismatch ? 1 : 0).First();
            verification.Failed("signer", closest);
            return;
        }

        verification.Passed("signer", $"{identity} by line {allowed.Line}", allowed.Source);
        verification.Proved(new SignedByKey(identity, _key.Material.Fingerprint, _signature.Scheme.Label, allowed.Source));
        verification.Proved(new CoversArtifact(artifact.Name, digest.Algorithm.Name(), digest.Hex));
        if (_key.Application is { } application)
        {
            verification.Noted("note.security-key", $"made by a security key for application {application}, counter {_signature.Counter}{(_signature.IsTouched ? ", touched" : ", not touched")}");
        }
    }

    private Finding? Judge(AllowedSigner line, string identity, VerificationContext context)
    {
        if (!line.Names(identity))
        {
            return SshSigReasons.IdentityMismatch.Because($"line {line.Line} gives the key to {line.Principals}, not to {identity}");
        }

        if (line.Options.IsAuthority)
        {
            return SshSigReasons.Authority.Because($"line {line.Line} has the option cert-authority");
        }

        if (line.Options.Namespaces is { } namespaces && !SshPattern.ListMatches(namespaces, _namespace))
        {
            return Reasons.KeyNotAllowed.Because($"line {line.Line} allows the namespaces {namespaces}, not {_namespace}");
        }

        if (!_signature.IsTouched && !line.Options.AllowsNoTouch)
        {
            return SshSigReasons.NotTouched.Because($"flags {_signature.Flags:X2} (hex), wanted user presence (01)");
        }

        // Nothing dates an SSH signature, so a revoked key's never counts.
        KeyStatus status = line.Status.Strictest(context.Trust.Revocations.Of(_key.Material.Fingerprint));
        return status.Judge($"the key of {identity}", verifiedTime: null) ?? line.Options.Validity.Judge(identity, context.StatedTime);
    }

    // PROTOCOL.sshsig §3: what is signed holds the namespace and the hash's name, so neither can be swapped.
    private byte[] Preimage(Digest digest) =>
        [.. "SSHSIG"u8, .. Field(Utf8Text.Encode(_namespace)), .. Field([]), .. Field(Utf8Text.Encode(_hashName)), .. Field(digest.Bytes)];

    private static byte[] Field(ReadOnlySpan<byte> value)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        return [.. length, .. value];
    }

    private string SshFingerprint() => System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(Digest.Sha256(_keyBlob).Bytes)).TrimEnd('=');
}
