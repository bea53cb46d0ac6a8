using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>An X.509 v3 certificate: what it says. Only a <see cref="VerifiedPath"/> makes it worth anything.</summary>
/// <remarks>
/// Source: RFC 5280 §4.1, in DER with every field as its clause wants it. The key and the algorithm are read when they are first needed, so that an
/// unrelated certificate with a foreign algorithm does no harm; each key is built once.
/// </remarks>
internal sealed class Certificate
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SignatureScheme, PublicKey> _bound = [];
    private readonly byte[] _signatureAlgorithm, _signature;
    private Certificate? _knownIssuer;

    private Certificate(ReadOnlyMemory<byte> der, TbsCertificate tbs, byte[] signature)
    {
        (Der, Tbs, _signatureAlgorithm, _signature) = (der, tbs.Der, tbs.SignatureAlgorithm, signature);
        (Serial, Issuer, Subject) = (tbs.Serial, tbs.Issuer, tbs.Subject);
        (Validity, SubjectPublicKeyInfo, Extensions) = (tbs.Validity, tbs.SubjectPublicKeyInfo, tbs.Extensions);
    }

    /// <summary>The certificate as it was given.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>The signed part, TBSCertificate.</summary>
    public ReadOnlyMemory<byte> Tbs { get; }

    /// <summary>The content of the serial number INTEGER, 1 to 20 bytes, positive.</summary>
    public ReadOnlyMemory<byte> Serial { get; }

    /// <summary>Who claims to have issued it.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>Whom it is about; may be empty in a leaf.</summary>
    public DistinguishedName Subject { get; }

    /// <summary>notBefore and notAfter, both inside; notAfter means the whole of its second.</summary>
    public Validity Validity { get; }

    /// <summary>The SubjectPublicKeyInfo exactly as it stands in the certificate (issuer key hashes are over these bytes).</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>The extensions.</summary>
    public CertificateExtensions Extensions { get; }

    /// <summary>The subject's key, or why it is none that we accept.</summary>
    public Result<KeyMaterial> Key
    {
        get
        {
            lock (_gate)
            {
                return field.Value is null && field.Finding is null
                    ? field = Result.Parse(Reasons.MalformedKey, () => Crypto.SubjectPublicKeyInfo.Parse(SubjectPublicKeyInfo.Span))
                    : field;
            }
        }
    }

    /// <summary>The signature algorithm, or why it is none that we accept.</summary>
    public Result<SignatureScheme> SignatureScheme
    {
        get
        {
            lock (_gate)
            {
                return field.Value is null && field.Finding is null
                    ? field = Result.Parse(Reasons.UnsupportedAlgorithm, () => SignatureAlgorithm.Parse(_signatureAlgorithm))
                    : field;
            }
        }
    }

    /// <summary>Issuer and subject have the same name.</summary>
    public bool IsSelfIssued => Issuer.Equals(Subject);

    /// <summary>SHA-256 of the certificate in lower-case hex.</summary>
    public string Fingerprint => field ??= Digest.Sha256(Der.Span).Hex;

    /// <summary>SHA-256 of every certificate that is this one to whoever verifies it, its own first (<see cref="CertificateSpellings"/>).</summary>
    public IReadOnlyCollection<string> Fingerprints => field ??=
        [Fingerprint, .. SignatureScheme.Value?.Family == SchemeFamily.Ecdsa ? CertificateSpellings.OtherFingerprints(Tbs, _signatureAlgorithm, _signature) : []];

    /// <summary>The certificate in <paramref name="der"/>, all bytes consumed.</summary>
    /// <exception cref="MalformedException">With the reason <c>cert.malformed</c> and what is wrong.</exception>
    public static Certificate Parse(ReadOnlyMemory<byte> der)
    {
        Result<Certificate> parsed = Result.Parse(CertificateReasons.Malformed, () => ParseFields(der));
        return parsed.Value ?? throw new MalformedException(parsed.Finding!.Reason, parsed.Finding.Detail);
    }

    /// <summary>The certificate in the only PEM block of <paramref name="text"/>.</summary>
    public static Certificate ParsePem(ReadOnlySpan<byte> text, string what)
    {
        Pem block = Pem.ParseOne(text, what);
        return block.Label == "CERTIFICATE"
            ? Parse(block.Content)
            : throw new MalformedException(CertificateReasons.Malformed, $"{what}: PEM block {block.Label}, wanted CERTIFICATE");
    }

    /// <summary>The time lies in the validity of the certificate; parts of a second belong to the second that they follow.</summary>
    /// <remarks>Certificates count whole seconds, so notAfter 12:00:00 still holds at 12:00:00.5.</remarks>
    public bool IsValidAt(DateTimeOffset time) => time >= Validity.From && WholeSecond(time) <= Validity.Until;

    /// <summary>The subject's key under <paramref name="scheme"/>, or null when it is refused or does not carry it.</summary>
    /// <remarks>Bound once: building the platform key costs more than using it.</remarks>
    public PublicKey? Under(SignatureScheme scheme)
    {
        if (Key.Value is not { } material || !PublicKey.Fits(material, scheme))
        {
            return null;
        }

        lock (_gate)
        {
            return _bound.TryGetValue(scheme, out PublicKey? known) ? known : _bound[scheme] = PublicKey.Bind(material, scheme);
        }
    }

    /// <summary>Why <paramref name="issuer"/>'s key did not sign this certificate, or null when it did.</summary>
    /// <remarks>Chains are verified at several times, so the last issuer whose signature held is remembered and costs nothing again.</remarks>
    internal Finding? SignatureObjection(Certificate issuer, PathBudget budget)
    {
        if (ReferenceEquals(_knownIssuer, issuer))
        {
            return null;
        }

        Finding? finding = budget.TakeSignature() ? VerifySignature(issuer) : CertificateReasons.BudgetExhausted.Because("too many signatures to verify");
        if (finding is null)
        {
            _knownIssuer = issuer;
        }

        return finding;
    }

    private Finding? VerifySignature(Certificate issuer)
    {
        if (SignatureScheme.Value is not { } scheme)
        {
            return CertificateReasons.UnsupportedSignature.Because($"certificate \"{Subject}\": {SignatureScheme.Finding!.Detail}");
        }

        if (issuer.Key.Value is null)
        {
            return CertificateReasons.UnsupportedSignature.Because($"issuer \"{issuer.Subject}\": {issuer.Key.Finding!.Detail}");
        }

        if (issuer.Under(scheme) is not { } key)
        {
            return CertificateReasons.UnsupportedSignature.Because($"certificate \"{Subject}\" is signed with {scheme}, its issuer has a {issuer.Key.Value.Kind} key");
        }

        return Result.Parse(
            CertificateReasons.SignatureMismatch,
            () => SignatureAlgorithm.Verifies(key, Tbs.Span, _signature)
                ? key
                : throw new MalformedException($"certificate \"{Subject}\" is not signed by the key of \"{issuer.Subject}\" (SHA-256 {issuer.Fingerprint})")).Finding;
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private static Certificate ParseFields(ReadOnlyMemory<byte> der)
    {
        DerCursor outer = new(der.Span, "certificate");
        DerCursor certificate = outer.Sequence();
        outer.End();
        TbsCertificate tbs = TbsCertificate.Parse(certificate.Element());
        ReadOnlySpan<byte> algorithm = certificate.Element();
        if (!algorithm.SequenceEqual(tbs.SignatureAlgorithm))
        {
            throw new MalformedException("certificate: the signature algorithm inside and outside the signed part differ");
        }

        byte[] signature = certificate.BitString().ToArray();
        certificate.End();
        return new Certificate(der, tbs, signature);
    }
}
