using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Signing.Exports;

/// <summary>Who signs a kit.</summary>
/// <param name="Statement">The signers of the statement, at least one.</param>
/// <param name="Minisign">Who also signs the list for receivers with minisign alone; null for nobody.</param>
internal sealed record KitSigners(ImmutableArray<KitSigner> Statement, KitSigner? Minisign)
{
    /// <summary>Where the kit carries the minisign public key.</summary>
    internal const string MinisignKey = "trust/packer-minisign.pub";

    /// <summary>Which of the statement's signers also makes the Sigstore bundle: the first whose signatures cosign verifies by a key file; −1 when there is none.</summary>
    internal int BundleIndex => Array.FindIndex([.. Statement], IsOfCosign);

    /// <summary>The signer of the Sigstore bundle, or null.</summary>
    public KitSigner? Bundle => BundleIndex < 0 ? null : Statement[BundleIndex];

    /// <summary>Every key, for whoever verifies all of it.</summary>
    public IEnumerable<KitSigner> All => Minisign is null ? Statement : Statement.Append(Minisign);

    /// <summary>Where the kit carries the public key of the statement's signer <paramref name="index"/>.</summary>
    internal static string NameOf(int index) => $"trust/packer-{index + 1}.pem";

    /// <summary>The public keys as files of the kit.</summary>
    internal IEnumerable<KitFile> PublicKeys =>
    [
        .. Statement.Select((signer, i) => KitFile.Of(NameOf(i), PublicKeyText.Write(signer.Key, PublicKeyForm.Pem))),
        .. Minisign is null ? (KitFile[])[] : [KitFile.Of(MinisignKey, PublicKeyText.Write(Minisign.Key, PublicKeyForm.Minisign))],
    ];

    /// <summary>cosign verifies signatures of this key by its key file.</summary>
    internal static bool IsOfCosign(KitSigner signer) => signer.Key.PublicKey is var key
        && (key.Scheme == SignatureScheme.RsaPkcs1Sha256 || key.Material.Kind == KeyKind.Ed25519 || (key.Material.Kind == KeyKind.P256 && key.Scheme == SignatureScheme.EcdsaSha256));
}
