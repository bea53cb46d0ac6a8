using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Testing;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit.Tests.Trust;

/// <summary>The trust store that ships: complete, honest about itself, and free of what must never be trusted.</summary>
public sealed class BundledTrustTests
{
    /// <summary>SHA-256 of the SubjectPublicKeyInfo of keys whose private halves are public, or whose custody nobody knows.</summary>
    private static readonly (string Fingerprint, string What)[] NeverTrusted =
    [
        ("db596700d8fdec9c556ff371875eb3d7c97736bc841378ffa0732537afe697dd", "dossier's Ed25519 test key: its private half is committed upstream"),
        ("87c340b0addb9db8726d31de0081b0eb0ae03db59f8fd5499b5ade357d30bbbc", "the Zastava key: one documentation page, purpose and custody unknown"),
        ("d32f30a3c32d639c2b762205a21c7bb07788e68283a4ae6f42118723a1bea496", "Sigstore staging log rekor.sigstage.dev"),
        ("47272b9d3ff5d56435e49b6005779854b94560cb5b0246bbf899f151068e5f91", "Sigstore staging log log2025-alpha1.rekor.sigstage.dev"),
        ("f37f35731473d127b9d0b713487b6bc5cdbf09ad6dbf7f18275dd99d581acbd0", "Sigstore staging log log2025-alpha2.rekor.sigstage.dev"),
        ("9e726df557204758444913f8a1e9018cfcb29e7813c708fb8583e6aca8f218ea", "Sigstore staging log log2025-alpha3.rekor.sigstage.dev"),
        ("84b0ee123be44bdc791dd337ad15713fee1e41c113ed7ea5863173c2115ec0f1", "Sigstore staging log log2026-1.us-east4.rekor.sigstage.dev"),
        ("1b7c142a4e992ba7df1e1fc5742454136c157a4cb31c4108a521b8b1abe7bf4c", "Sigstore staging clog ctfe.sigstage.dev/test"),
        ("fbe24a38c42ded2277ca75079c27e70e170a3fcff9f09e13b9e32a5ee9371e60", "Sigstore staging clog ctfe.sigstage.dev/2022"),
        ("2b30bcdc6888c9e2e1d826295e741f4839319602f29c33cb5e4340feb2ac867a", "Sigstore staging clog ctfe.sigstage.dev/2022-2"),
        ("3e607153746e1892e090b236b14976272f67b44d6f92ce6f77114ab722a0a6b6", "Sigstore staging clog log2026-1.ctfe.sigstage.dev"),
        ("1638fb664e48d34e2799bf37594c876ac68232850ee1fb939c5c9bb52c5ebc87", "Sigstore staging clog log2026-1.us-east4.ctfe.sigstage.dev"),
        ("639a75005a9df13820ec7e67045fe536b571852908ea41e9a5d0c4db78dcd407", "Sigstore staging certificate authority fulcio.sigstage.dev"),
        ("f8a06c6002ac94d8837d6b44a19c457e5e82c6780833feb4810290a3ef32e603", "Sigstore staging certificate authority fulcio.sigstage.dev"),
        ("ceac3ed89dd51a89e411e4ec89eeea1c420706b63088d221771e7a650eb34ea1", "Sigstore staging certificate authority fulcio.sigstage.dev"),
        ("9a9899ea8099f3e2bdfaca41c17ff4836f88b4c4fc51f46bb44531e9fb644174", "Sigstore staging certificate authority fulcio.sigstage.dev"),
        ("ceed877f546fc1ce4c9556b5f42fa4313a586366ba888e71adfb6ed74948a014", "Sigstore staging time-stamping authority timestamp.sigstage.dev/api/v1/timestamp"),
        ("a96c96ddaab55095f0315c5621cd7080c74be522ba7fdeea54781aba8a33c05d", "Sigstore staging time-stamping authority timestamp.sigstage.dev/api/v1/timestamp"),
        ("ec55ee0a5b1ec4ee4afeaa8e1e437da56784e4a99eff40cf2de985b992b334fc", "Sigstore staging time-stamping authority timestamp.sigstage.dev/api/v1/timestamp"),
        ("e62d9cbf4cb1afe3ff1ace80839353aaee6eace820fd96382860ba25187217b6", "Sigstore staging time-stamping authority timestamp.sigstage.dev/api/v1/timestamp"),
    ];

    /// <summary>SHA-256 of files that may never be a root.</summary>
    private static readonly (string Digest, string What)[] NeverShipped =
    [
        ("44deb991d4bbf2150751ccee235d9810bce4434383c26d8898c1bcadbace6ed8", "the Sigstore staging root: a test instance, open to everybody"),
    ];

    [Fact]
    public void Whether_the_manifest_revokes_somebody_is_known_without_reading_it() =>
        Assert.Equal(BundledTrust.RevokesSomebody, BundledTrust.ReadManifest().Roots.Any(root => root.Status.Phase == KeyPhase.Revoked));

    [Fact]
    public void Every_root_opens_and_holds_what_the_manifest_says()
    {
        foreach (TrustRoot root in BundledTrust.ReadManifest().Roots)
        {
            TrustStore store = BundledTrust.Open(root);
            Assert.Equal([root], store.Roots);
            Assert.NotEqual("", root.Source);
        }
    }

    [Fact]
    public void Each_certificate_of_a_bundled_chain_was_signed_by_the_next()
    {
        SigstoreTrustedRoot[] roots = [.. BundledTrust.ReadManifest().Roots.SelectMany(root => BundledTrust.Open(root).SigstoreRoots)];
        ImmutableArray<Certificate>[] chains = [.. roots.SelectMany(root => root.CertificateAuthorities).Select(authority => authority.Chain), .. roots.SelectMany(root => root.TimestampAuthorities).Select(authority => authority.Chain)];
        Assert.NotEmpty(chains);
        foreach ((Certificate signed, Certificate signer) in chains.SelectMany(chain => chain.Zip(chain.Skip(1))))
        {
            Assert.Null(signed.SignatureObjection(signer, new PathBudget()));
        }
    }

    [Fact]
    public void Every_file_beside_the_manifest_is_listed_in_it()
    {
        string[] listed = [TrustManifest.FileName, .. BundledTrust.ReadManifest().Roots.Select(root => root.File)];
        string[] found = [.. Directory.GetFiles(Repository.Path("trust-roots")).Select(file => Path.GetFileName(file)).Where(name => !name.EndsWith(".md", StringComparison.Ordinal))];
        Assert.Equal(listed.Distinct().Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_that_must_never_be_trusted_is_bundled()
    {
        foreach (TrustRoot root in BundledTrust.ReadManifest().Roots)
        {
            Assert.DoesNotContain(NeverShipped, never => never.Digest == root.ContentDigest.Hex);
            foreach (string fingerprint in BundledTrust.Open(root).Keys.Select(key => key.Material.Fingerprint))
            {
                Assert.DoesNotContain(NeverTrusted, never => never.Fingerprint == fingerprint);
            }
        }
    }

    [Fact]
    public void The_dossier_key_is_off_until_the_operator_names_it()
    {
        TrustRoot root = BundledTrust.ReadManifest().Find("dossier-official")!;
        Assert.False(root.IsOnByDefault);
        Assert.Contains("confirm the fingerprint", root.Note, StringComparison.Ordinal);
        Assert.Equal(["dossier"], root.Formats);
        Assert.Equal([SignatureScheme.EcdsaSha256], root.Schemes);
    }
}
