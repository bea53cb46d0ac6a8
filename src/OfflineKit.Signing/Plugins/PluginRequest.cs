using System.Globalization;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Plugins;

/// <summary>The argument that a plugin gets: which key, which method, until when. Version 1 of sigstore's protocol.</summary>
/// <remarks>Source: docs/providers/plugin.md, the protocol.</remarks>
internal static class PluginRequest
{
    /// <summary>The version, which is also the first argument.</summary>
    public const string Version = "v1";

    internal static string PublicKey(string key, DigestAlgorithm? hash, DateTimeOffset deadline) => Written(key, hash, deadline, "publicKey", static json =>
    {
        json.WriteStartObject("publicKeyOptions");
        Options(json);
        json.WriteEndObject();
    });

    /// <summary>Asks for a signature over <paramref name="digest"/>; null when the message comes by standard input.</summary>
    internal static string SignMessage(string key, DigestAlgorithm? hash, DateTimeOffset deadline, Digest? digest) => Written(key, hash, deadline, "signMessage", json =>
    {
        json.WriteStartObject("signOptions");
        Options(json);
        json.WriteStartObject("messageOptions");
        if (digest is null)
        {
            json.WriteNull("digest");
        }
        else
        {
            json.WriteBase64String("digest", digest.Bytes);
        }

        json.WriteNumber("hashFunc", Number(hash));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Go's number of a hash function; Ed25519 has none, and cosign says SHA-256 then.</summary>
    internal static int Number(DigestAlgorithm? hash) => hash switch { DigestAlgorithm.Sha384 => 6, DigestAlgorithm.Sha512 => 7, _ => 5 };

    /// <summary>The hash function with Go's <paramref name="number"/>.</summary>
    /// <exception cref="MalformedException">Another number than 5, 6 or 7.</exception>
    public static DigestAlgorithm Hash(long number) => number switch
    {
        5 => DigestAlgorithm.Sha256,
        6 => DigestAlgorithm.Sha384,
        7 => DigestAlgorithm.Sha512,
        _ => throw new MalformedException($"request: hashFunc {number.ToString(CultureInfo.InvariantCulture)}, wanted 5 (SHA-256), 6 (SHA-384) or 7 (SHA-512)"),
    };

    private static void Options(Utf8JsonWriter json)
    {
        json.WriteStartObject("rpcOptions");
        json.WriteString("keyVersion", "");
        json.WriteBoolean("remoteVerification", false);
        json.WriteEndObject();
    }

    private static string Written(string key, DigestAlgorithm? hash, DateTimeOffset deadline, string method, Action<Utf8JsonWriter> arguments)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteStartObject("initOptions");
            json.WriteString("ctxDeadline", UtcText.Seconds(deadline));
            json.WriteString("protocolVersion", Version);
            json.WriteString("keyResourceID", key);
            json.WriteNumber("hashFunc", Number(hash));
            Options(json);
            json.WriteEndObject();
            json.WriteString("methodName", method);
            json.WriteStartObject(method);
            arguments(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
