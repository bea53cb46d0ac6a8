using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>What a token shall say; the edits act on the signed info after its digest was taken, and on the signature.</summary>
internal sealed record StampRecipe
{
    /// <summary>What was hashed already; null hashes the data.</summary>
    public byte[]? Digest { get; init; }

    /// <summary>The nonce of the request; null has none.</summary>
    public BigInteger? Nonce { get; init; }

    public bool IsWeak { get; init; }
    public bool BindsNoCertificate { get; init; }
    public bool BindsOtherCertificate { get; init; }
    public bool HasTwoSigners { get; init; }

    /// <summary>The serial number; null: the authority's next one.</summary>
    public int? Serial { get; init; }

    /// <summary>The common name of the authority that the token says it is by; null: it does not say.</summary>
    public string? Name { get; init; }

    public Func<byte[], byte[]> EditInfo { get; init; } = info => info;
    public Func<byte[], byte[]> EditSignature { get; init; } = signature => signature;
}

/// <summary>A time-stamping authority that builds its tokens by hand.</summary>
internal sealed class VirtualTimestampAuthority
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1", Sha1 = "1.3.14.3.2.26", EcdsaWithSha256 = "1.2.840.10045.4.3.2", TstInfoType = "1.2.840.113549.1.9.16.1.4";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _leaf;
    private readonly byte[] _root;
    private int _serial = 100;

    public VirtualTimestampAuthority(string name = "virtual tsa")
    {
        using ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        (DateTimeOffset from, DateTimeOffset until) = (VirtualSigstoreInstance.Noon.AddYears(-1), VirtualSigstoreInstance.Noon.AddYears(9));
        CertificateRequest root = new($"CN={name} root", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        root.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        root.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(root.PublicKey, critical: false));
        using X509Certificate2 rootCertificate = root.CreateSelfSigned(from, until);
        CertificateRequest leaf = new($"CN={name}", _key, HashAlgorithmName.SHA256);
        leaf.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        leaf.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], critical: true));
        leaf.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(rootCertificate, true, false));
        _leaf = leaf.Create(rootCertificate, from, until, [5, 5, 5]);
        _root = rootCertificate.RawData;
    }

    /// <summary>A refusal: a response without a token.</summary>
    public static byte[] Refusal { get; } = Der.Sequence(Der.Sequence(Der.Integer(2)));

    public JsonObject ForRoot(string? end = null)
    {
        JsonObject window = new() { ["start"] = "2025-01-01T00:00:00Z" };
        if (end is not null) window["end"] = end;
        return VirtualAuthority.ForRoot("https://tsa.virtual.example", window, _leaf.RawData, _root);
    }

    /// <summary>The authority as a root lists it that does not know the signer's certificate.</summary>
    public JsonObject ForRootWithoutLeaf() =>
        VirtualAuthority.ForRoot("https://tsa.virtual.example", new JsonObject { ["start"] = "2025-01-01T00:00:00Z" }, _root);

    /// <summary>A response for <paramref name="data"/>.</summary>
    public byte[] Stamp(byte[] data, DateTimeOffset time, StampRecipe? recipe = null)
    {
        recipe ??= new StampRecipe();
        byte[] info = Info(data, time, recipe);
        byte[] signer = Signer(Attributes(info, recipe), recipe);
        byte[] content = Der.Sequence(Der.Oid(TstInfoType), Der.Tlv(0xA0, Der.Octets(recipe.EditInfo(info))));
        byte[] signers = recipe.HasTwoSigners ? Der.Set(signer, signer) : Der.Set(signer);
        byte[] signedData = Der.Sequence(Der.Integer(3), Der.Set(Der.Sequence(Der.Oid(Sha256))), content, signers);
        return Der.Sequence(Der.Sequence(Der.Integer(0)), Der.Sequence(Der.Oid("1.2.840.113549.1.7.2"), Der.Tlv(0xA0, signedData)));
    }

    private byte[] Signer(byte[] attributes, StampRecipe recipe) => Der.Sequence(
        Der.Integer(1),
        Der.Sequence(_leaf.IssuerName.RawData, Der.Tlv(0x02, _leaf.SerialNumberBytes.ToArray())),
        Der.Sequence(Der.Oid(Sha256)),
        Der.Tlv(0xA0, attributes),
        Der.Sequence(Der.Oid(EcdsaWithSha256)),
        Der.Octets(recipe.EditSignature(_key.SignData(Der.Set(attributes), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))));

    private byte[] Info(byte[] data, DateTimeOffset time, StampRecipe recipe) => Der.Sequence(
        Der.Integer(1),
        Der.Oid("1.2.3.4.5"),
        recipe.IsWeak
            ? Der.Sequence(Der.Sequence(Der.Oid(Sha1), Der.Null), Der.Octets(new byte[20]))
            : Der.Sequence(Der.Sequence(Der.Oid(Sha256), Der.Null), Der.Octets(recipe.Digest ?? SHA256.HashData(data))),
        Der.Integer(recipe.Serial ?? _serial++),
        Der.Tlv(0x18, System.Text.Encoding.ASCII.GetBytes(time.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture))),
        recipe.Nonce is { } nonce ? Der.Integer(nonce) : [],
        recipe.Name is null ? [] : Der.Tlv(0xA0, Der.Tlv(0xA4, new X500DistinguishedName($"CN={recipe.Name}").RawData)));

    private byte[] Attributes(byte[] info, StampRecipe recipe)
    {
        byte[] contentType = Der.Sequence(Der.Oid("1.2.840.113549.1.9.3"), Der.Set(Der.Oid(TstInfoType)));
        byte[] digest = Der.Sequence(Der.Oid("1.2.840.113549.1.9.4"), Der.Set(Der.Octets(SHA256.HashData(info))));
        if (recipe.BindsNoCertificate) return [.. contentType, .. digest];
        byte[] bound = recipe.BindsOtherCertificate ? _root : _leaf.RawData;
        byte[] certificate = Der.Sequence(
            Der.Oid("1.2.840.113549.1.9.16.2.47"),
            Der.Set(Der.Sequence(Der.Sequence(Der.Sequence(Der.Octets(SHA256.HashData(bound)))))));
        return [.. contentType, .. digest, .. certificate];
    }
}
