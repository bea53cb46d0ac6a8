using System.Collections.Immutable;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Policy;
using static OfflineKit.Host.Requests.ParameterKind;

namespace OfflineKit.Host.Requests;

/// <summary>Who must have signed, and how many of them.</summary>
internal static class SignerParameters
{
    private const int MostSigners = 64;
    private const Questions Identities = Questions.File | Questions.Bundle | Questions.Image | Questions.Export;
    private const string Identity = "the signer's identity (mail address, URI)", Issuer = "the issuer who vouched for the signer";

    public static ImmutableArray<RequestParameter> All { get; } =
    [
        .. Rules("certificateIdentity", "--certificate-identity", Identity, "ID", static (identity, match) => identity with { Identity = identity.Identity.Add(match) }),
        .. Rules("certificateOidcIssuer", "--certificate-oidc-issuer", Issuer, "URL", static (identity, match) => identity with { Issuer = identity.Issuer.Add(match) }),
        new("requireExtension", "--require-extension", Narrows, ParameterNames.Text, "demand a fact in the certificate, such as sourceRepositoryRef=refs/heads/main; repeatable")
        {
            Way = SignerWay.Identity,
            Asks = Identities,
            Placeholder = "NAME=VALUE",
            IsRepeatable = true,
            Land = static (request, given) => request with { Identity = request.Identity with { Facts = [.. given.Texts.Select(text => Fact(given, text))] } },
        },
        new("identity", "--identity", Narrows, ParameterNames.Text, "the principal that must have signed")
        {
            Way = SignerWay.Ssh | SignerWay.Authority,
            NarrowsWithin = static request => request.Expectations.Namespace is null, // Who signed by SSH counts only where both are said.
            Asks = Questions.File | Questions.Export,
            Placeholder = "I",
            Land = static (request, given) => request with { Expectations = request.Expectations with { Identity = given.Text } },
        },
        new("namespace", "--namespace", Narrows, ParameterNames.Text, "the purpose that the SSH signature must be for, such as file or git")
        {
            Way = SignerWay.Ssh,
            NarrowsWithin = static _ => false,
            Asks = Questions.File | Questions.Export,
            Placeholder = "N",
            Land = static (request, given) => request with { Expectations = request.Expectations with { Namespace = given.Text } },
        },
        new("threshold", "--threshold", Narrows, ParameterNames.Number, "how many distinct keys must have signed; default: 1")
        {
            Asks = Questions.Verdicts,
            Placeholder = "N",
            Land = static (request, given) => request with { Expectations = request.Expectations with { Threshold = given.Number(1, MostSigners) } },
        },
        new("policy", "--policy", Narrows, ParameterNames.Policy, "demand what the policy in FILE demands (YAML or JSON, or trust:IMPORT/PATH; `policy check FILE` explains it)")
        {
            Asks = Questions.Verdicts,
            NarrowsWithin = static request => request.NamesSigners, // A policy may name identities.
            Placeholder = "FILE",
            Noun = "policy",
            Land = static (request, given) => request with { Policy = given.Words[0].File is { } file ? new PolicySource.Named(file) : PolicySource.Carried.Of(given.Text)! },
        },
    ];

    private static IEnumerable<RequestParameter> Rules(string member, string option, string what, string placeholder, Func<IdentityRequest, TextMatch, IdentityRequest> land)
    {
        (string, string, string, MatchRule)[] rules =
        [
            ("", "", what + ", exactly", MatchRule.Exact),
            ("Prefix", "-prefix", "the same, by how it begins", MatchRule.Prefix),
            ("Suffix", "-suffix", "the same, by how it ends", MatchRule.Suffix),
            ("Wildcard", "-wildcard", "the same; each * stands for some characters other than /", MatchRule.OneSegmentWildcard),
        ];
        foreach ((string ending, string suffix, string meaning, MatchRule rule) in rules)
        {
            yield return new RequestParameter(member + ending, option + suffix, Narrows, ParameterNames.Text, meaning)
            {
                Way = SignerWay.Identity,
                SaysIdentity = true,
                NarrowsWithin = static _ => false,
                Asks = Identities,
                Placeholder = ending.Length == 0 ? placeholder : "TEXT",
                Land = (request, given) => request with { Identity = land(request.Identity, new TextMatch(rule, given.Text)) },
            };
        }
    }

    private static CertificateStates Fact(GivenParameter given, string text)
    {
        int split = text.IndexOf('=', StringComparison.Ordinal);
        string name = split < 0 ? text : text[..split];
        return split > 0 && FulcioIdentity.FieldNames.Contains(name, StringComparer.Ordinal)
            ? new CertificateStates(name, text[(split + 1)..])
            : throw given.Fault($"{text} names no fact", $"write NAME=VALUE with one of {string.Join(", ", FulcioIdentity.FieldNames)}");
    }
}
