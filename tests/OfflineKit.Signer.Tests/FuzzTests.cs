using System.Globalization;
using System.Text.Json.Nodes;
using OfflineKit.Encoding;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Signing;
using OfflineKit.Signer.Tokens;

namespace OfflineKit.Signer.Tests;

/// <summary>Parsers of what strangers send meet changed input: each ends in a value or in a refusal, never in anything else. More rounds: <c>SIGNER_FUZZ=ROUNDS</c>.</summary>
public sealed class FuzzTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("SIGNER_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) ? wanted : 3000;

    [Theory]
    [InlineData("token")]
    [InlineData("proof")]
    [InlineData("request")]
    [InlineData("address")]
    [InlineData("keys")]
    public void A_parser_ends_in_a_value_or_a_refusal(string parser)
    {
        using JwtKey key = new();
        string jkt = key.Thumbprint;
        JsonObject token = new() { ["iss"] = "a", ["aud"] = "signer", ["sub"] = "s", ["jti"] = "j", ["tid"] = "t", ["scope"] = "signer.sign", ["iat"] = 1, ["exp"] = 2, ["cnf"] = new JsonObject { ["jkt"] = jkt } };
        (string seed, Action<string> parse) = parser switch
        {
            "token" => (key.Sign(new JsonObject { ["typ"] = "at+jwt", ["alg"] = "ES256", ["kid"] = "k" }, token), text => _ = OpTok.Parse(text)),
            "proof" => (key.Sign(new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = key.PublicJwk }, new JsonObject { ["jti"] = "j", ["htm"] = "POST", ["htu"] = "https://a.example/b", ["iat"] = 1, ["ath"] = "x" }), text => _ = DpopProof.Parse(text)),
            "request" => ("""{"subject":[{"name":"a","digest":{"sha256":"1111111111111111111111111111111111111111111111111111111111111111"}}],"predicateType":"t","predicate":{"a":[1,2.5,null,"\u0041"]},"poe":{"format":"jwt","value":"x"},"options":{"signers":["a"],"output":["dsse"]}}""", text => _ = CanonicalStatement.Of(SignRequest.Parse(StrictJson.ParseObject(System.Text.Encoding.UTF8.GetBytes(text), "request")))),
            "address" => ("https://signer.example:443/a/../b/%41%2f?", text => _ = TargetUri.Normalise(text)),
            _ => (key.KeySet, (Action<string>)(text => _ = PinnedKeys.Parse(System.Text.Encoding.UTF8.GetBytes(text), "keys"))),
        };
        Random random = new(11);
        for (int round = 0; round < Rounds; round++)
        {
            string text = Changed(seed, random);
            try
            {
                parse(text);
            }
            catch (Exception fault) when (fault is MalformedException or RefusedException)
            {
                // The two ways in which a parser refuses.
            }
        }
    }

    private static string Changed(string seed, Random random)
    {
        System.Text.StringBuilder text = new(seed);
        for (int change = random.Next(1, 4); change > 0 && text.Length > 0; change--)
        {
            int at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text[at] = (char)random.Next(1, 0x80);
                    break;
                case 1:
                    text.Remove(at, Math.Min(random.Next(1, 9), text.Length - at));
                    break;
                case 2:
                    text.Insert(at, (char)random.Next(0x20, 0x3000));
                    break;
                case 3:
                    text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 40), text.Length - at)));
                    break;
                default:
                    text[at] = "{}[]\",:.-_0e\\"[random.Next(13)];
                    break;
            }
        }

        return text.ToString();
    }
}
