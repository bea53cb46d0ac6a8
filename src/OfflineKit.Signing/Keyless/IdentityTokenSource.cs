namespace OfflineKit.Signing.Keyless;

/// <summary>A place where an identity token comes from.</summary>
internal abstract class IdentityTokenSource
{
    /// <summary>What it is, for messages; never the token.</summary>
    public abstract string Name { get; }

    /// <summary>Somebody sits before it.</summary>
    public virtual bool IsInteractive => false;

    /// <summary>A token, fetched now.</summary>
    /// <exception cref="SigningException">With a reason <c>keyless.*</c> or <c>service.*</c>.</exception>
    public abstract Task<IdentityToken> FetchAsync(KeyOpening opening, CancellationToken cancellation);

    /// <summary>The source that the environment names: <c>SIGSTORE_ID_TOKEN</c>, else GitHub Actions, else <paramref name="otherwise"/>.</summary>
    /// <exception cref="SigningException"><c>keyless.no-token</c>.</exception>
    public static IdentityTokenSource FromEnvironment(KeyOpening opening, IdentityTokenSource? otherwise)
    {
        if (opening.Variable("SIGSTORE_ID_TOKEN") is { Length: > 0 } token)
        {
            return new GivenToken(token, "SIGSTORE_ID_TOKEN");
        }

        if (opening.Variable(GitHubToken.AddressVariable) is { Length: > 0 } address)
        {
            return new GitHubToken(address);
        }

        string hint = opening.Variable("GITHUB_ACTIONS") == "true" ? $"this GitHub job has no {GitHubToken.AddressVariable}: it lacks `permissions: id-token: write`; " : "";
        return hint.Length == 0 && otherwise is not null
            ? otherwise
            : throw KeylessReasons.NoToken.Refusal($"{hint}neither --identity-token, SIGSTORE_ID_TOKEN nor GitHub Actions offers one");
    }
}

/// <summary>A token that was handed over.</summary>
internal sealed class GivenToken(string text, string name) : IdentityTokenSource
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override Task<IdentityToken> FetchAsync(KeyOpening opening, CancellationToken cancellation)
    {
        opening.Secrets.Hold(text.Trim());
        return Task.FromResult(IdentityToken.Parse(text, opening.Clock.GetUtcNow()));
    }
}
