using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Timestamping;
using OfflineKit.Transparency;
using OfflineKit.X509;

namespace OfflineKit.Fuzz.Targets;

/// <summary>The strict readers under the formats: JSON, PEM, DER, notes, timestamps.</summary>
internal static partial class EncodingTargets
{
    /// <summary>One for each.</summary>
    public static ImmutableArray<Target> All { get; } =
    [
        new("json", Json),
        new("pem", content => _ = Pem.ParseAll(content, 64, "PEM")),
        new("public-key", content => _ = SubjectPublicKeyInfo.Parse(content)),
        new("certificate", ReadCertificate),
        new("distinguished-name", content => _ = DistinguishedName.Parse(content).ToString()) { OwnSeeds = static () => [Convert.FromHexString("300D310B3009060355040613024445"), Convert.FromHexString("301A311830160603550403130F4F66666C696E654B69742074657374")] },
        new("timestamp", content => _ = TimestampToken.Parse(content)) { OwnSeeds = TokensOfBundles },
        new("sct", content => _ = SctList.Parse(content)) { OwnSeeds = static () => Seeds.OfVectors.SelectMany(Scts) },
        new("note", content => _ = SignedNote.Parse(content)),
        new("checkpoint", content => _ = Checkpoint.Parse(content)),
        new("time", content => _ = Rfc3339.Parse(Utf8Text.Decode(content, "time"), "time")) { OwnSeeds = static () => ["2026-11-30T07:00:00Z"u8.ToArray(), "2026-11-30T07:00:00.123456789+14:00"u8.ToArray(), "0001-01-01T00:00:00-00:00"u8.ToArray()] },
        new("ecdsa-signature", content => _ = EcdsaSignature.FromDer(content, EllipticCurve.P256)) { OwnSeeds = static () => [Convert.FromHexString("3006020101020101"), EcdsaSignature.ToDer(new byte[64]), EcdsaSignature.ToDer([.. Enumerable.Repeat((byte)0xFF, 64)])] },
    ];

    private static void Json(byte[] content)
    {
        JsonValue value = StrictJson.Parse(content, "document");
        _ = GoJson.Compact(value.Raw.Span);
        _ = OlpcOf(value);
        _ = CanonicalJson.Write(value);
    }

    // Numbers that the one form knows the other refuses.
    private static byte[]? OlpcOf(JsonValue value)
    {
        try
        {
            return OlpcJson.Write(value);
        }
        catch (MalformedException)
        {
            // No integer.
            return null;
        }
    }

    private static void ReadCertificate(byte[] content)
    {
        X509.Certificate certificate = Pem.LooksLike(content) ? X509.Certificate.ParsePem(content, "certificate") : X509.Certificate.Parse(content);
        _ = certificate.Subject.ToString();
    }

    // The promises of logs that stand in the certificates of bundles.
    private static IEnumerable<byte[]> Scts(byte[] content)
    {
        // 1.3.6.1.4.1.11129.2.4.2, and the OCTET STRING behind it.
        byte[] marker = [0x06, 0x0A, 0x2B, 0x06, 0x01, 0x04, 0x01, 0xD6, 0x79, 0x02, 0x04, 0x02, 0x04];
        foreach (Match match in RawCertificate().Matches(System.Text.Encoding.Latin1.GetString(content)))
        {
            byte[] der = Convert.FromBase64String(match.Groups["certificate"].Value);
            int at = der.AsSpan().IndexOf(marker);
            if (at >= 0)
            {
                DerCursor cursor = new(der.AsSpan(at + marker.Length - 1), "extension");
                yield return cursor.Content(DerCursor.OctetStringTag).ToArray();
            }
        }
    }

    [GeneratedRegex(@"""rawBytes"":\s*""(?<certificate>[A-Za-z0-9+/=]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RawCertificate();

    private static IEnumerable<byte[]> TokensOfBundles() => Seeds.OfVectors
        .SelectMany(content => Token().Matches(System.Text.Encoding.Latin1.GetString(content)))
        .Select(match => match.Groups["token"].Value).Distinct()
        .Select(text => StrictBase64.Decode(text, "token"));

    [GeneratedRegex(@"""signedTimestamp"":\s*""(?<token>[A-Za-z0-9+/=]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
