using System.Buffers.Text;
using OfflineKit.Encoding;
using OfflineKit.Signer.Tokens;

namespace OfflineKit.Properties.Tests.Signing;

/// <summary>What the signing service reads.</summary>
public sealed class SignerProperties
{
    private static readonly Gen<string> Addresses = Gen.Select(
        Texts.OneOf("https://", "HTTP://", "http:/", "https:"), Texts.OneOf("a.example", "A.example:443", "a.example:80", "[::1]:8080", "127.1", "0x7f.1"),
        Texts.OneOf("/", "a", "..", ".", "%41", "%2f", "%2E", "%zz", "~", ";x=1", "//").Array[0, 6].Select(string.Concat)).Select((scheme, host, path) => scheme + host + (path.StartsWith('/') || path.Length == 0 ? path : "/" + path));

    /// <summary>Catches: an address with two spellings, of which a proof has the one and a request the other.</summary>
    [Fact]
    public void The_one_spelling_of_an_address_is_its_own() => Property.Holds(Addresses, address => Texts.OrNull(() => TargetUri.Normalise(address)) is not { } once || TargetUri.Normalise(once) == once);

    /// <summary>Catches: dot segments that stay, or take the host with them.</summary>
    [Fact]
    public void No_dot_segment_stays() => Property.Holds(Addresses, address => Texts.OrNull(() => TargetUri.Normalise(address)) is not { } once
        || (new Uri(once).GetLeftPart(UriPartial.Authority) is var host && once.StartsWith(host, StringComparison.Ordinal) && once[host.Length..].StartsWith('/') && !once[host.Length..].Split('/').Any(segment => segment is "." or "..")));

    /// <summary>Catches: a host, a port or a path that is another one than the server sees.</summary>
    [Fact]
    public void Without_escapes_it_is_what_the_platform_makes_of_it() => Property.Holds(
        Gen.Select(Texts.OneOf("https://a.example/", "HTTP://A.example:80/", "https://[::1]:8443/"), Texts.OneOf("a", "..", ".", "", "b;x=1", "~").Array[0, 6]).Select((host, segments) => host + string.Join('/', segments)),
        address => Texts.OrNull(() => TargetUri.Normalise(address)) is not { } once || once == new Uri(address).GetLeftPart(UriPartial.Path));

    /// <summary>Catches: claims that are verified and not those that are read.</summary>
    [Fact]
    public void A_token_is_read_back() => Property.Holds(Gen.Select(Texts.Any, Gen.Byte.Array[64]), (subject, signature) =>
    {
        string text = $"{Base64Url.EncodeToString("{\"alg\":\"ES256\"}"u8)}.{Base64Url.EncodeToString(Utf8Text.Encode($"{{\"sub\":{CanonicalJson.Quoted(subject)}}}"))}.{Base64Url.EncodeToString(signature)}";
        CompactJws jws = CompactJws.Parse(text, 4096, "token");
        return jws.Payload.String("sub") == subject && jws.Signature.Span.SequenceEqual(signature) && text.StartsWith(System.Text.Encoding.ASCII.GetString(jws.SignedBytes) + ".", StringComparison.Ordinal);
    });
}
