using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dossier;
using static OfflineKit.Host.Requests.ParameterKind;

namespace OfflineKit.Host.Requests;

/// <summary>Whom to trust.</summary>
internal static class TrustParameters
{
    public static ImmutableArray<RequestParameter> All { get; } =
    [
        new("publicKey", "--key", Trusts, ParameterNames.Key, "trust the public key in FILE (PEM, DER, minisign, signify), which signatures call ID, every key in the folder FILE, or the key RW… itself; repeatable: any of them")
        {
            Way = SignerWay.Key,
            Asks = Questions.All,
            Aliases = ["-k"],
            Placeholder = "[ID=]FILE",
            Noun = "key file",
            Limit = Limits.PublicKeys,
            IsRepeatable = true,
            Land = static (request, given) => Trusting(request, request.Trust with { Keys = [.. given.Words.Select(word => new NamedKey(word.File!, word.KeyId) { IsOfFolder = word.IsOfFolder })] }),
        },
        new("ca", "--ca", Requires, ParameterNames.File, "trust the signers whose certificates, in a CMS signature or a kit, lead to the authority in FILE (PEM, DER); repeatable")
        {
            Way = SignerWay.Authority,
            Asks = Questions.File | Questions.Export,
            Placeholder = "FILE",
            Noun = "authority",
            IsRepeatable = true,
            Land = static (request, given) => Trusting(request, request.Trust with { Authorities = given.Files }),
        },
        new("allowedSigners", "--allowed-signers", Trusts, ParameterNames.File, "trust the SSH signers in FILE (the format of ssh-keygen)")
        {
            Way = SignerWay.Ssh,
            Asks = Questions.File | Questions.Export,
            Placeholder = "FILE",
            Noun = "allowed signers file",
            Land = static (request, given) => Trusting(request, request.Trust with { AllowedSigners = given.File }),
        },
        new("trustedKeys", "--trusted-keys", Trusts, ParameterNames.File, "trust the keys in the dossier tools' trusted-keys.txt")
        {
            Way = SignerWay.Key,
            Asks = Questions.File | Questions.Dossier,
            Placeholder = "FILE",
            Noun = "trusted keys file",
            LeavesOut = static file => (Result.Parse(Reasons.MalformedTrust, () => TrustedKeysFile.Parse(file.Content.Span, file.Origin)).Value?.WithoutKey ?? []).Select(sentence => $"{file.Path}: {sentence}"),
            Land = static (request, given) => Trusting(request, request.Trust with { DossierKeys = given.File }),
        },
        new("trustedRoots", "--trusted-root", Trusts, ParameterNames.File, "trust the Sigstore instances in FILE (trusted_root.json or JSON Lines) instead of the bundled ones; repeatable")
        {
            Asks = Questions.All,
            Placeholder = "FILE",
            Noun = "trusted root",
            IsRepeatable = true,
            Land = static (request, given) => Trusting(request, request.Trust with { SigstoreRoots = given.Files }),
        },
        new("trustRoots", "--trust-root", Trusts, ParameterNames.Text, "switch the trust root NAME on for this run; repeatable")
        {
            Asks = Questions.All,
            Placeholder = "NAME",
            IsRepeatable = true,
            Land = static (request, given) => Trusting(request, request.Trust with { Roots = given.Texts }),
        },
        new("trustFolders", "--trust", Trusts, ParameterNames.Store, "add the trust store in DIR (trust.json and its files); repeatable")
        {
            Asks = Questions.All,
            Placeholder = "DIR",
            IsRepeatable = true,
            Land = static (request, given) => Trusting(request, request.Trust with { Stores = [.. given.Words.Select(word => word.Store!)] }),
        },
        new("noBundledTrust", "--no-bundled-trust", Narrows, ParameterNames.Nothing, "drop the trust roots that come with the program")
        {
            NarrowsWithin = static _ => false, // With a root go its revocations, and what it demands.
            Asks = Questions.All,
            Land = static (request, _) => Trusting(request, request.Trust with { WithoutBundled = true }),
        },
        new("keyIds", "--key-id", Narrows, ParameterNames.Text, "of the trusted keys, only the one with this name, id or fingerprint; repeatable: any of them")
        {
            Asks = Questions.All,
            Placeholder = "ID",
            IsRepeatable = true,
            Land = static (request, given) => Trusting(request, request.Trust with { OnlyKeys = given.Texts }),
        },
    ];

    private static VerifyRequest Trusting(VerifyRequest request, TrustRequest trust) => request with { Trust = trust };
}
