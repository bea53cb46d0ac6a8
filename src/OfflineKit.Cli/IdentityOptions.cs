using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Policy;

namespace OfflineKit.Cli;

/// <summary>The options that say which certificate identity must have signed.</summary>
/// <remarks>Identity and issuer go together; each is given exactly, or by one explicit rule. There is no regular expression.</remarks>
internal sealed class IdentityOptions
{
    private readonly ImmutableArray<(Option<string?> Option, MatchRule Rule)> _identity = Rules("--certificate-identity", "the signer's identity (mail address, URI)", "ID");
    private readonly ImmutableArray<(Option<string?> Option, MatchRule Rule)> _issuer = Rules("--certificate-oidc-issuer", "the issuer who vouched for the signer", "URL");
    private readonly Option<string[]> _facts = new("--require-extension")
    {
        Description = "demand a fact in the certificate, such as sourceRepositoryRef=refs/heads/main; repeatable",
        HelpName = "NAME=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        foreach ((Option<string?> option, _) in _identity.Concat(_issuer))
        {
            command.Options.Add(option);
        }

        command.Options.Add(_facts);
    }

    private bool IsDemanded(ParseResult arguments) => Requirements(arguments).Length > 0;

    /// <summary>How the command line names the signer.</summary>
    /// <exception cref="UsageException">By a key and by an identity.</exception>
    public DemandedSigner SignerOf(ParseResult arguments, bool namesKey)
    {
        bool isDemanded = IsDemanded(arguments);
        return (isDemanded, namesKey) switch
        {
            (true, true) => throw new UsageException("both a key and an identity were given", "a signature is by a key or by an identity: give one"),
            (true, false) => DemandedSigner.Identity,
            (false, true) => DemandedSigner.Key,
            _ => DemandedSigner.Unnamed,
        };
    }

    /// <summary>The policy that the options demand: an identity, or any pinned key.</summary>
    public SignaturePolicy PolicyOf(ParseResult arguments) =>
        Requirements(arguments) is { Length: > 0 } demands ? new SignaturePolicy(demands) : SignaturePolicy.AnyPinnedSigner;

    // Nothing when no identity is given.
    private ImmutableArray<Requirement> Requirements(ParseResult arguments)
    {
        (TextMatch? identity, TextMatch? issuer) = (Match(_identity, arguments), Match(_issuer, arguments));
        string[] facts = arguments.GetValue(_facts) ?? [];
        if (identity is null != issuer is null)
        {
            throw new UsageException(
                $"{(identity is null ? "an issuer without an identity" : "an identity without its issuer")}",
                "give both --certificate-identity and --certificate-oidc-issuer: anybody can have any name at another issuer");
        }

        if (identity is null)
        {
            return facts.Length == 0 ? [] : throw new UsageException("--require-extension without an identity", "say who must have signed with --certificate-identity");
        }

        return [new SignedByDemandedIdentity(identity, issuer!), .. facts.Select(Fact)];
    }

    private static ImmutableArray<(Option<string?> Option, MatchRule Rule)> Rules(string name, string what, string help) =>
    [
        (new Option<string?>(name) { Description = what + ", exactly", HelpName = help }, MatchRule.Exact),
        (new Option<string?>(name + "-prefix") { Description = "the same, by how it begins", HelpName = "TEXT" }, MatchRule.Prefix),
        (new Option<string?>(name + "-suffix") { Description = "the same, by how it ends", HelpName = "TEXT" }, MatchRule.Suffix),
        (new Option<string?>(name + "-wildcard") { Description = "the same; each * stands for some characters other than /", HelpName = "TEXT" }, MatchRule.OneSegmentWildcard),
    ];

    private static TextMatch? Match(ImmutableArray<(Option<string?> Option, MatchRule Rule)> options, ParseResult arguments)
    {
        ImmutableArray<TextMatch> given = [.. options.Select(pair => arguments.GetValue(pair.Option) is { } text ? new TextMatch(pair.Rule, text) : null).OfType<TextMatch>()];
        if (given.Length > 1 || given.Any(match => match.Text.Length == 0))
        {
            throw new UsageException($"{options[0].Option.Name} is empty or given by two rules", "give one text by one rule");
        }

        return given.FirstOrDefault();
    }

    private static CertificateStates Fact(string text)
    {
        int split = text.IndexOf('=', StringComparison.Ordinal);
        string name = split < 0 ? text : text[..split];
        return split > 0 && Formats.Sigstore.FulcioIdentity.FieldNames.Contains(name, StringComparer.Ordinal)
            ? new CertificateStates(name, text[(split + 1)..])
            : throw new UsageException($"--require-extension {text} names no fact", $"write NAME=VALUE with one of {string.Join(", ", Formats.Sigstore.FulcioIdentity.FieldNames)}");
    }
}
