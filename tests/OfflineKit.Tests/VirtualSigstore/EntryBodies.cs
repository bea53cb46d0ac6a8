using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>The bodies that Rekor would log for a bundle.</summary>
internal static class EntryBodies
{
    public static string KindOf(EntryKind kind) => kind switch { EntryKind.Dsse => "dsse", EntryKind.InToto => "intoto", _ => "hashedrekord" };

    public static string VersionOf(EntryKind kind) => kind is EntryKind.HashedRekordV2 or EntryKind.InToto ? "0.0.2" : "0.0.1";

    public static JsonObject Of(EntryKind kind, BundleDraft draft, byte[] message, byte[] signature, byte[]? leaf)
    {
        string pem = leaf is null ? draft.KeyPem + "\n" : PemEncoding.WriteString("CERTIFICATE", leaf) + "\n";
        string verifier = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(pem)), sig = Convert.ToBase64String(signature);
        JsonObject spec = kind switch
        {
            EntryKind.HashedRekord => new JsonObject
            {
                ["data"] = new JsonObject { ["hash"] = Hash(draft.Signed) },
                ["signature"] = new JsonObject { ["content"] = sig, ["publicKey"] = new JsonObject { ["content"] = verifier } },
            },
            EntryKind.HashedRekordV2 => V2(draft, message, sig, leaf),
            EntryKind.Dsse => new JsonObject
            {
                ["envelopeHash"] = Hash([]),
                ["payloadHash"] = Hash(draft.Statement),
                ["signatures"] = new JsonArray(new JsonObject { ["signature"] = sig, ["verifier"] = verifier }),
            },
            _ => InToto(draft, verifier, sig),
        };
        return new JsonObject { ["apiVersion"] = VersionOf(kind), ["kind"] = KindOf(kind), ["spec"] = spec };
    }

    public static JsonObject Hash(byte[] content) => new() { ["algorithm"] = "sha256", ["value"] = Convert.ToHexStringLower(SHA256.HashData(content)) };

    private static JsonObject V2(BundleDraft draft, byte[] message, string sig, byte[]? leaf) => new()
    {
        ["hashedRekordV002"] = new JsonObject
        {
            ["data"] = new JsonObject { ["algorithm"] = "SHA2_256", ["digest"] = Convert.ToBase64String(SHA256.HashData(message)) },
            ["signature"] = new JsonObject
            {
                ["content"] = sig,
                ["verifier"] = leaf is null
                    ? new JsonObject { ["keyDetails"] = "PKIX_ECDSA_P256_SHA_256", ["publicKey"] = new JsonObject { ["rawBytes"] = Convert.ToBase64String(draft.Key.ExportSubjectPublicKeyInfo()) } }
                    : new JsonObject { ["keyDetails"] = "PKIX_ECDSA_P256_SHA_256", ["x509Certificate"] = new JsonObject { ["rawBytes"] = Convert.ToBase64String(leaf) } },
            },
        },
    };

    private static JsonObject InToto(BundleDraft draft, string verifier, string sig) => new()
    {
        ["content"] = new JsonObject
        {
            ["envelope"] = new JsonObject
            {
                ["payloadType"] = draft.PayloadType,
                ["signatures"] = new JsonArray(new JsonObject
                {
                    ["publicKey"] = verifier,
                    ["sig"] = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(sig)),
                }),
            },
            ["hash"] = Hash([]),
            ["payloadHash"] = Hash(draft.Statement),
        },
    };
}
