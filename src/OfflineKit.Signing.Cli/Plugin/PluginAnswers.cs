using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Plugins;
using OfflineKit.Signing.Requests;

namespace OfflineKit.Signing.Cli.Plugin;

/// <summary>The methods of sigstore's plugin protocol, version 1: one JSON object for each request.</summary>
/// <remarks>
/// cosign ignores the exit status and takes every answer without <c>errorMessage</c> for success: <c>{}</c> for a signature makes it panic, and for a
/// verification means "verified". So nothing is answered before it is true.
/// </remarks>
internal static class PluginAnswers
{
    private const string Message = "standard input";

    /// <summary>The answer to <paramref name="request"/>; <paramref name="input"/> is the message.</summary>
    public static async Task<byte[]> AnswerAsync(JsonValue request, Stream input, CancellationToken cancellation)
    {
        JsonValue options = request.Object("initOptions");
        string version = options.String("protocolVersion");
        if (version != PluginRequest.Version)
        {
            throw new MalformedException($"request: protocol version \"{version}\", wanted {PluginRequest.Version}");
        }

        KeyUri uri = KeyUri.Parse(options.String("keyResourceID"));
        DigestAlgorithm hash = PluginRequest.Hash(options["hashFunc"].Integer);
        string method = request.String("methodName");
        return method switch
        {
            "publicKey" => await PublicKeyAsync(uri, hash, cancellation),
            "signMessage" => await SignAsync(uri, hash, request, input, cancellation),
            "verifySignature" => await VerifyAsync(uri, hash, request, input, cancellation),
            "defaultAlgorithm" => Written(method, static json => json.WriteString("defaultAlgorithm", "ecdsa-p256-sha256")),
            "supportedAlgorithms" => Written(method, Supported),
            "createKey" => throw SigningReasons.UnsupportedKeyUri.Refusal("this plugin creates no keys; make the key with its own tool or with `offlinekit-sign keygen`"),
            _ => throw new MalformedException($"request: there is no method \"{method}\""),
        };
    }

    /// <summary>The answer that says why there is none.</summary>
    public static byte[] Refusal(string why)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("errorMessage", Stderr.Secrets.Without(why));
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    private static async Task<byte[]> PublicKeyAsync(KeyUri uri, DigestAlgorithm hash, CancellationToken cancellation)
    {
        await using SigningKey key = await KnownKeySources.OpenAsync(uri, PluginSurroundings.Opening(hash), cancellation);
        if (PluginSurroundings.PinnedKey is { } pinned)
        {
            key.PinTo(pinned);
        }

        byte[] pem = PublicKeyText.Write(key, PublicKeyForm.Pem);
        return Written("publicKey", json => json.WriteBase64String("publicKeyPEM", pem));
    }

    private static async Task<byte[]> SignAsync(KeyUri uri, DigestAlgorithm hash, JsonValue request, Stream input, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte>? wanted = Digest(request.Object("signMessage").OptionalNotNull("signOptions")?.OptionalNotNull("messageOptions")?.OptionalNotNull("digest"));
        RequestedSignature format = new(hash, wanted);
        AuditLog? audit = PluginSurroundings.Audit;
        KeyMaterial? pinned = PluginSurroundings.PinnedKey;
        await using SigningKey key = await new KeyRequest(uri, pinned, PluginSurroundings.Opening(hash)).OpenAsync(format, [Message], audit, cancellation);
        SigningSession session = new(key, pinned, format, TimeProvider.System.GetUtcNow(), audit);
        using MemoryStream signature = new();
        using RequestedMessage message = await RequestedMessage.OfAsync(input, cancellation);
        SigningOrder order = new(Message, message.Content, OutputTarget.To(signature, "the answer")) { Alone = message.IsEmpty ? format.Alone : null };
        await session.SignAsync(order, cancellation);
        return Written("signMessage", json => json.WriteBase64String("signature", signature.ToArray()));
    }

    private static async Task<byte[]> VerifyAsync(KeyUri uri, DigestAlgorithm hash, JsonValue request, Stream input, CancellationToken cancellation)
    {
        byte[] signature = request.Object("verifySignature").Base64("signature");
        PublicKey key = await PinnedAsync(uri, hash, cancellation);
        using Artifact subject = Artifact.FromStream(Message, input);
        subject.Read(new ReadingPlan([hash], Content: key.Scheme.Digest is null));
        if (subject.Finding is { } refusal)
        {
            throw new SigningException(refusal);
        }

        bool verifies = key.Scheme.Digest is null
            ? key.Verifies(subject.Content!.Value.Span, signature)
            : key.Scheme.Digest == hash && key.Verifies(subject.Digest(hash)!, EcdsaSignature.Plain(key.Material, signature, EcdsaEncoding.Der));
        return verifies ? Written("verifySignature", static _ => { }) : throw SigningReasons.DoesNotVerify.Refusal($"the signature is not by sha256:{key.Material.Fingerprint} with {key.Scheme.Label}");
    }

    // The pinned key verifies offline; without one only a local key may vouch for itself.
    private static async Task<PublicKey> PinnedAsync(KeyUri uri, DigestAlgorithm hash, CancellationToken cancellation)
    {
        KeyOpening opening = PluginSurroundings.Opening(hash);
        if (PluginSurroundings.PinnedKey is { } pinned)
        {
            return opening.Scheme.Bind(pinned);
        }

        await using SigningKey key = await KnownKeySources.OpenAsync(uri, opening, cancellation);
        key.PinTo(pinned: null);
        return key.PublicKey;
    }

    private static ReadOnlyMemory<byte>? Digest(JsonValue? value)
    {
        if (value is null)
        {
            return null;
        }

        return StrictBase64.Decode(value.Text, value.Path).AsMemory();
    }

    private static void Supported(Utf8JsonWriter json)
    {
        json.WriteStartArray("supportedAlgorithms");
        json.WriteStringValue("ecdsa-p256-sha256");
        json.WriteEndArray();
    }

    private static byte[] Written(string method, Action<Utf8JsonWriter> members)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteStartObject(method);
            members(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return text.ToArray();
    }
}
