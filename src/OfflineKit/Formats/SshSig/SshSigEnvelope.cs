using System.Buffers.Binary;
using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.SshSig;

/// <summary>An SSH signature: a key, a namespace, and a signature over the namespace and the file's hash.</summary>
/// <remarks>Source: OpenSSH PROTOCOL.sshsig; docs/spec/sshsig.md. The key inside is a hint: trust comes from allowed_signers.</remarks>
internal sealed class SshSigEnvelope : Envelope
{
    private const int MostTold = 8;

    private const string Label = "SSH SIGNATURE", What = "SSH signature";
    private const uint Version = 1;

    private readonly byte[] _keyBlob, _reserved;
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
        if (_namespace.Length == 0)
        {
            throw new MalformedException($"{What}: an empty namespace");
        }

        // PROTOCOL.sshsig §2: for times to come, to be ignored; §3: signed as it stands.
        _reserved = cursor.Bytes().ToArray();
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
        .. _reserved.Length > 0 ? [new Claim("reserved", $"{_reserved.Length} bytes that have no meaning yet")] : ImmutableArray<Claim>.Empty,
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
        ImmutableArray<AllowedSigner> unreadable = [.. context.Trust.SshSigners.Where(signer => signer.Unreadable is not null)];
        if (lines.IsEmpty)
        {
            string left = unreadable.IsEmpty ? "" : $"; {unreadable.Length} lines cannot be read: {unreadable[0].Unreadable!.Detail}";
            return Proof.Refused(Reasons.UnknownKey.Because($"no allowed signer has the key SHA256:{SshFingerprint()} ({_key.Type}){left}"));
        }

        if (artifact.Digest(_hash) is not { } digest)
        {
            return Proof.Refused(Reasons.DigestOnly.Because($"the signature is over the {_hashName} digest, which is not known"));
        }

        Verification verification = new();
        foreach (AllowedSigner line in unreadable.Take(MostTold))
        {
            verification.Noted("note.signer-left-out", $"a line of {line.Source} lets nobody sign: {line.Unreadable!.Detail}");
        }

        Try(lines, identity, artifact, digest, context, verification);
        return verification.Close();
    }

    private void Try(ImmutableArray<AllowedSigner> lines, string identity, Artifact artifact, Digest digest, VerificationContext context, Verification verification)
    {
        // 3 The signature.
        SigningInput signed = SigningInput.Of(_signature.Signed(Preimage(digest), _key));
        ImmutableArray<TrustedKey> keys = [.. lines.Select(line => line.KeyOf(identity))];
        if (KeySignature.By(keys[0], keys, _signature.Scheme, signed, _signature.Value.Span) is not { } signature)
        {
            verification.Failed("signature", Reasons.SignatureMismatch.Because($"the signature does not verify under the key SHA256:{SshFingerprint()}"));
            return;
        }

        verification.Passed("signature", $"{_key.Type} key SHA256:{SshFingerprint()}, namespace {_namespace}", lines[0].Source);

        // 4 Does one of the lines let this signer do this? 5 The key's standing.
        ImmutableArray<Finding?> findings = [.. lines.Select(line => Judge(line, identity))];
        ImmutableArray<TrustedKey> allowed = [.. keys.Where((_, i) => findings[i] is null)];
        if (allowed.IsEmpty)
        {
            // The line that came furthest says most: one about somebody else says least.
            verification.Failed("signer", findings.OfType<Finding>().OrderBy(finding => finding.Reason == SshSigReasons.IdentityMismatch ? 1 : 0).First());
            return;
        }

        Conclude(KeySignature.By(allowed[0], allowed, _signature.Scheme, signed, _signature.Value.Span)!, artifact, digest, context, verification);
    }

    private void Conclude(KeySignature signature, Artifact artifact, Digest digest, VerificationContext context, Verification verification)
    {
        if (!verification.Prove(signature, new SignatureFacts(Format) { ArtifactName = artifact.Name }, context))
        {
            return;
        }

        verification.Passed("signer", $"{signature.Key.Name} may sign in the namespace {_namespace}", signature.Key.Root);
        verification.Proved(CoversArtifact.Prove(artifact, digest));
        if (_key.Application is { } application)
        {
            verification.Noted("note.security-key", $"made by a security key for application {application}, counter {_signature.Counter}{(_signature.IsTouched ? ", touched" : ", not touched")}");
        }
    }

    // What only an allowed_signers file says; everything that limits a key of any kind is judged with the others.
    private Finding? Judge(AllowedSigner line, string identity)
    {
        if (!line.Names(identity))
        {
            return SshSigReasons.IdentityMismatch.Because($"line {line.Line} gives the key to {line.Principals}, not to {identity}");
        }

        if (line.Options.IsAuthority)
        {
            return SshSigReasons.Authority.Because($"line {line.Line} has the option cert-authority");
        }

        return _signature.IsTouched || line.Options.AllowsNoTouch
            ? null
            : SshSigReasons.NotTouched.Because($"flags {_signature.Flags:X2} (hex), wanted user presence (01)");
    }

    // PROTOCOL.sshsig §3: what is signed holds the namespace and the hash's name, so neither can be swapped.
    private byte[] Preimage(Digest digest) =>
        [.. "SSHSIG"u8, .. Field(Utf8Text.Encode(_namespace)), .. Field(_reserved), .. Field(Utf8Text.Encode(_hashName)), .. Field(digest.Bytes)];

    private static byte[] Field(ReadOnlySpan<byte> value)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        return [.. length, .. value];
    }

    private string SshFingerprint() => System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(Digest.Sha256(_keyBlob).Bytes)).TrimEnd('=');
}
