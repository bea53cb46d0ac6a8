using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit.Signing.Keyless;

/// <summary>How a certificate for a new key is come by.</summary>
/// <param name="Source">Where the identity token comes from.</param>
/// <param name="Authority">The Fulcio's base address.</param>
/// <param name="Root">What the certificate must hold under.</param>
internal sealed record KeylessSignIn(IdentityTokenSource Source, Uri Authority, SigstoreTrustedRoot Root)
{
    /// <summary>The name that the certificate must carry, where the authority spells it in its own way; null expects the token's.</summary>
    public string? DemandedName { get; init; }

    /// <summary>Told who is about to sign, before anything becomes public; refuses by throwing.</summary>
    public Action<SignerIdentity> Announce { get; init; } = _ => { };
}

/// <summary>A P-256 key that lives as long as the run, in memory only; a certificate says whose it is.</summary>
/// <remarks>Token and certificate are fetched once, when the first file is signed; a failure is the failure of every file.</remarks>
internal sealed class KeylessKey : SigningKey
{
    /// <summary>A new key that will be certified by <paramref name="signIn"/>.</summary>
    public static KeylessKey Create(KeylessSignIn signIn, KeyOpening opening)
    {
        ECDsa pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new KeylessKey(pair, PublicKey.Bind(SubjectPublicKeyInfo.Parse(pair.ExportSubjectPublicKeyInfo()), SignatureScheme.EcdsaSha256), signIn, opening);
    }

    private static readonly TimeSpan LeastLifetime = TimeSpan.FromSeconds(30);
    private readonly ECDsa _pair;
    private readonly KeylessSignIn _signIn;
    private readonly KeyOpening _opening;
    private readonly Lock _gate = new();
    private Task<Certificate>? _certificate;
    private SignerIdentity? _identity;

    private KeylessKey(ECDsa pair, PublicKey key, KeylessSignIn signIn, KeyOpening opening) : base(KeyUri.Keyless, key, "keyless") =>
        (_pair, _signIn, _opening) = (pair, signIn, opening);

    /// <inheritdoc/>
    public override bool IsLocal => true;

    /// <inheritdoc/>
    public override SignerIdentity? Identity => _identity;

    /// <summary>The certificate, which lasts long enough for one more signature.</summary>
    public async Task<Certificate> CertificateAsync(CancellationToken cancellation)
    {
        Task<Certificate> issued;
        lock (_gate)
        {
            issued = _certificate ??= IssueAsync(cancellation);
        }

        Certificate certificate = await issued.ConfigureAwait(false);
        return certificate.Validity.Until - _opening.Clock.GetUtcNow() >= LeastLifetime
            ? certificate
            : throw KeylessReasons.CertificateEnded.Refusal($"the certificate of {_identity!.Name} ends at {UtcText.Seconds(certificate.Validity.Until!.Value)}");
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _pair.Dispose();
        return base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation)
    {
        lock (_gate)
        {
            byte[] value = _pair.SignHash(digest.Bytes.ToArray(), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            return Task.FromResult(new KeyAnswer(value, PublicKey.Scheme));
        }
    }

    /// <inheritdoc/>
    protected override Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) =>
        throw new NotSupportedException("ECDSA signs digests");

    private async Task<Certificate> IssueAsync(CancellationToken cancellation)
    {
        // 1 Who is it? 2 May that become public?
        IdentityToken token = await _signIn.Source.FetchAsync(_opening, cancellation).ConfigureAwait(false);
        _identity = new SignerIdentity(_signIn.DemandedName ?? token.Name, token.Issuer, "");
        _opening.OnRemark($"identity token: {_signIn.Source.Name}");
        _signIn.Announce(_identity);

        // 3 The key proves that it belongs to whoever holds the token. 4 The certificate is what was asked for.
        VerifiedSignature proof = await SignMessageAsync(Utf8Text.Encode(token.Challenge), cancellation).ConfigureAwait(false);
        using Fulcio fulcio = new(_signIn.Authority, _opening);
        Certificate certificate = await fulcio.CertifyAsync(token, PublicKey.Material, SignatureEncoding.Stored(proof), cancellation).ConfigureAwait(false);
        _identity = IssuedCertificate.Check(certificate, PublicKey.Material, _identity, _signIn.Root, _opening.Clock.GetUtcNow());
        return certificate;
    }
}
