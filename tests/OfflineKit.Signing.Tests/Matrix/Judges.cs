using OfflineKit.Crypto;

namespace OfflineKit.Signing.Tests.Matrix;

/// <summary>How programs that we did not write are asked about a signature. The key is in pin.pem, the signature in out, the artefact in a.</summary>
internal static class Judges
{
    /// <summary>A bundle by a managed key, without a log: no thresholds, the key for every hint.</summary>
    public const string SigstoreJs = """
        const fs = require('fs'), crypto = require('crypto');
        const { bundleFromJSON } = require('@sigstore/bundle');
        const { TrustedRoot } = require('@sigstore/protobuf-specs');
        const { Verifier, toSignedEntity, toTrustMaterial } = require('@sigstore/verify');
        const bundle = bundleFromJSON(JSON.parse(fs.readFileSync('out')));
        const root = TrustedRoot.fromJSON(JSON.parse(fs.readFileSync('root.json')));
        const trust = toTrustMaterial(root, () => ({ publicKey: crypto.createPublicKey(fs.readFileSync('pin.pem')), validFor: () => true }));
        const verifier = new Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 });
        verifier.verify(toSignedEntity(bundle, bundle.content.$case === 'messageSignature' ? fs.readFileSync('a') : undefined));
        """;

    /// <summary>A bare ML-DSA signature, by OpenSSL as Python's package cryptography brings it.</summary>
    public const string MlDsa = """
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
        read = lambda name: open(name, 'rb').read()
        load_pem_public_key(read('pin.pem')).verify(read('value'), read('message'))
        """;

    /// <summary>openssl's words for a bare signature, value, over message.</summary>
    public static string[] Openssl(SignatureScheme scheme)
    {
        if (scheme.Digest is not { } digest)
        {
            return ["pkeyutl", "-verify", "-pubin", "-inkey", "pin.pem", "-rawin", "-in", "message", "-sigfile", "value"];
        }

        string[] padding = scheme.IsRsaPss ? ["-sigopt", "rsa_padding_mode:pss", "-sigopt", $"rsa_pss_saltlen:{digest.Size()}"] : [];
        return ["dgst", $"-{digest.Name().Replace("-", "", StringComparison.Ordinal)}", .. padding, "-verify", "pin.pem", "-signature", "value", "message"];
    }

    /// <summary>cosign's words for a form, or null for one that it does not read.</summary>
    public static string[]? Cosign(string form)
    {
        string[] bundle = ["--bundle", "out", "--new-bundle-format", "--trusted-root", "root.json", "--key", "pin.pem", "--insecure-ignore-tlog=true"];
        return form switch
        {
            "kms-base64" => ["verify-blob", "--key", "pin.pem", "--signature", "out", "--insecure-ignore-tlog=true", "a"],
            "dsse" => ["verify-blob-attestation", "--key", "pin.pem", "--signature", "out", "--type", "https://example.com/p", "--insecure-ignore-tlog=true", "a"],
            "sigstore" => ["verify-blob", .. bundle, "a"],
            "sigstore-dsse" => ["verify-blob-attestation", "--type", "https://example.com/p", .. bundle, "a"],
            _ => null,
        };
    }
}
