using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.CodeSentinel;

/// <summary>What a verified value of a provider is worth.</summary>
internal enum ProviderClass
{
    /// <summary>Nothing: the provider is a simulation.</summary>
    Simulated,

    /// <summary>The event is unchanged since somebody hashed it.</summary>
    IntegrityOnly,

    /// <summary>Somebody who knows the secret made it; so can every verifier.</summary>
    Symmetric,

    /// <summary>The holder of a private key made it.</summary>
    PublicKey,
}

/// <summary>A signing provider and what fits it.</summary>
/// <param name="Name">Its name in the event.</param>
/// <param name="Class">What its values are worth.</param>
/// <param name="Service">Whose algorithm labels it uses; null where <paramref name="Algorithm"/> is the only one.</param>
/// <param name="Algorithm">The only algorithm; empty where labels of a service are used, or any.</param>
/// <param name="Encodings">How values may be written.</param>
/// <remarks>Source: docs/spec/codesentinel.md §3.</remarks>
internal sealed record SigningProvider(string Name, ProviderClass Class, KeyService? Service, string Algorithm, ImmutableArray<string> Encodings)
{
    private static readonly ImmutableArray<SigningProvider> All =
    [
        new("aws_kms", ProviderClass.PublicKey, KeyService.Aws, "", ["base64"]),
        new("aws_kms_sdk", ProviderClass.PublicKey, KeyService.Aws, "", ["base64"]),
        new("azure_kv", ProviderClass.PublicKey, KeyService.Azure, "", ["base64", "base64url"]),
        new("hmac-sha256", ProviderClass.Symmetric, Service: null, "HMAC-SHA256", ["hex", "base64"]),
        new("sha256", ProviderClass.IntegrityOnly, Service: null, "SHA-256", ["hex"]),
        new("kms", ProviderClass.Simulated, Service: null, "", []),
    ];

    /// <summary>The provider called <paramref name="name"/>.</summary>
    /// <exception cref="MalformedException">There is none.</exception>
    public static SigningProvider Parse(string name) =>
        All.FirstOrDefault(provider => string.Equals(provider.Name, name, StringComparison.Ordinal))
        ?? throw new MalformedException(
            CodeSentinelReasons.UnsupportedProvider, $"signature.provider: \"{name}\", wanted one of {string.Join(", ", All.Select(provider => provider.Name))}");

    /// <summary>The label that <paramref name="algorithm"/> is for a key service; null for other classes, whose one algorithm it must be.</summary>
    /// <exception cref="MalformedException">Provider, algorithm and encoding do not fit.</exception>
    public AlgorithmLabel? Fitting(string algorithm, string encoding)
    {
        AlgorithmLabel? label = Service is null ? null : AlgorithmLabel.Parse(algorithm, "signature.algorithm");
        bool fits = label is null ? string.Equals(algorithm, Algorithm, StringComparison.Ordinal) : label.Service == Service;
        if (!fits)
        {
            throw new MalformedException(Reasons.AlgorithmMismatch, $"provider {Name} does not sign with \"{algorithm}\"");
        }

        return Encodings.Contains(encoding, StringComparer.Ordinal)
            ? label
            : throw new MalformedException(Reasons.AlgorithmMismatch, $"provider {Name} does not write \"{encoding}\", wanted {string.Join(" or ", Encodings)}");
    }
}
