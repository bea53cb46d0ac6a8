using System.Collections.Immutable;
using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Policy;
using OfflineKit.Testing;
using OfflineKit.Tests.VirtualSigstore;
using OfflineKit.Trust;
using OfflineKit.Trust.OpenPgp;

namespace OfflineKit.Tests.Trust;

/// <summary>Every way in which a key can be revoked reaches it in every way in which it can be given.</summary>
public sealed class RevocationTableTests
{
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly ECDsa P256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly byte[] Ed25519 = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];
    private static readonly KeyStatus Stolen = KeyStatus.Revoked(on: null, since: null, until: null, "stolen");

    /// <summary>The keys of the table.</summary>
    public static TheoryData<string> Keys => ["rsa", "p256", "ed25519"];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_revocation_reaches_the_key_however_both_are_written(string key)
    {
        Dictionary<string, RevocationList> revoked = Revoked(key);
        Dictionary<string, TrustStore> given = Given(key);
        Assert.True(revoked.Count >= 3 && given.Count >= 3, $"{revoked.Count} × {given.Count}");
        List<string> missed = [];
        foreach ((string by, RevocationList list) in revoked)
        {
            foreach ((string how, TrustStore store) in given)
            {
                KeyMaterial material = store.Keys.Select(entry => entry.Material).Concat(store.SshSigners.Select(line => line.Key.Value!.Material)).Single();
                if (store.Without(list).StatusOf(material).Phase != KeyPhase.Revoked || store.StatusOf(material).Phase == KeyPhase.Revoked)
                {
                    missed.Add($"revoked by {by}, given as {how}");
                }
            }
        }

        Assert.Empty(missed);
    }

    [Theory]
    [InlineData("ed", "detached-ed")]
    [InlineData("rsa", "detached-rsa")]
    [InlineData("subkeys", "subkey")]
    public void A_revocation_reaches_an_OpenPGP_key_by_each_of_its_names(string certificate, string vector)
    {
        string folder = Repository.Path("tests", "vectors", "openpgp");
        byte[] content = File.ReadAllBytes(Path.Combine(folder, "_keys", certificate + ".asc"));
        TrustStore store = new() { Keys = [KeyFile.Parse(content, certificate, "--key")] };
        byte[] file = File.ReadAllBytes(Path.Combine(folder, vector, "a.txt")), signature = File.ReadAllBytes(Path.Combine(folder, vector, "a.txt.asc"));
        string? Verified(TrustStore trust) => Verifier.Verify(new VerificationRequest(
            Artifact.FromBytes("a.txt", file), signature, new VerificationContext(trust, Expectations.None, new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero)), SignaturePolicy.AnyPinnedSigner)) is { IsTrusted: false } refused ? refused.Findings[0].Reason.Code : null;
        Assert.Null(Verified(store));
        OpenPgpCertificate openPgp = store.Keys[0].OpenPgp!;
        string issuer = Verifier.Parse(signature, format: null, Expectations.None).Value!.Claims.First(claim => claim.Name == "issuer").Value;
        OpenPgpKey signer = Assert.Single(openPgp.Keys, part => part.Key.Fingerprint.EndsWith(issuer, StringComparison.OrdinalIgnoreCase)).Key;
        foreach (string name in (string[])[openPgp.Fingerprint, store.Keys[0].Material.Fingerprint, signer.Fingerprint, signer.Material.Value!.Fingerprint])
        {
            RevocationList list = RevocationList.Parse(System.Text.Encoding.UTF8.GetBytes($$"""{"version":1,"revoked":[{"fingerprint":"{{name}}","reason":"stolen"}]}"""));
            Assert.Equal("key.revoked", Verified(store.Without(list)));
            Assert.Equal(KeyPhase.Revoked, StatusAlone(signer, store.Without(list)));
        }

        RevocationList root = RepositoryRevocations.OfRoots([new TrustRoot("r", TrustRootKind.PublicKey, "r.asc", Digest.Sha256(content)) { Fingerprint = store.Keys[0].Material.Fingerprint, Status = Stolen }], revoked => TrustRootFile.Open(revoked, content));
        Assert.Equal("key.revoked", Verified(store.Without(root)));
        Assert.Equal(KeyPhase.Revoked, StatusAlone(signer, TrustStore.Empty.Without(root)));
        Assert.Equal(KeyPhase.Active, StatusAlone(signer, store));

        RevocationList other = RevocationList.Parse(System.Text.Encoding.UTF8.GetBytes($$"""{"version":1,"revoked":[{"fingerprint":"{{new string('a', 40)}}","reason":"stolen"}]}"""));
        Assert.Null(Verified(store.Without(other)));
    }

    // The key that signed, given by itself beside what is trusted.
    private static KeyPhase StatusAlone(OpenPgpKey signer, TrustStore beside)
    {
        TrustedKey alone = new("alone", signer.Material.Value!, "--key alone.pem");
        return beside.With(new TrustStore { Keys = [alone] }).StatusOf(alone).Phase;
    }

    [Theory]
    [InlineData("subkeys", 3)]
    [InlineData("ed", 1)]
    public void The_keys_of_a_certificate_are_one_holders(string certificate, int keys)
    {
        TrustedKey given = KeyFile.Parse(File.ReadAllBytes(Repository.Path("tests", "vectors", "openpgp", "_keys", certificate + ".asc")), certificate, "--key");
        TrustStore store = new() { Keys = [given] };
        KeyMaterial[] all = [.. given.OpenPgp!.Keys.Select(part => part.Key.Material.Value!)];
        Assert.Equal(keys, all.Length);
        Assert.Single(all.Select(store.HolderOf).Distinct(StringComparer.Ordinal));
        Assert.Equal(keys, all.Select(TrustStore.Empty.HolderOf).Distinct(StringComparer.Ordinal).Count());
        using TestSigner other = new();
        Assert.Equal(other.Fingerprint, store.HolderOf(other.Material));
    }

    [Theory]
    [InlineData("keys-revoked-copy-alone/KEYS")]
    [InlineData("subkey-revoked/revoked-subkey.asc")]
    public void A_key_that_its_own_certificate_revokes_is_revoked_by_itself_too(string file)
    {
        ImmutableArray<TrustedKey> certificates = KeyFile.ParseChosen(File.ReadAllBytes(Repository.Path("tests", "vectors", "openpgp", file)), "KEYS", "--key", []).Keys;
        TrustStore store = new() { Keys = certificates };
        CertificateKey subkey = certificates.SelectMany(key => key.OpenPgp!.Subkeys).First(part => certificates.Length > 1 || !part.Revocations.IsEmpty);
        Assert.Equal(KeyPhase.Revoked, StatusAlone(subkey.Key, store));
        Assert.Equal(KeyPhase.Active, StatusAlone(subkey.Key, TrustStore.Empty));
    }

    [Fact]
    public void What_a_certificate_says_of_keys_holds_where_it_signs_nothing()
    {
        byte[] file = File.ReadAllBytes(Repository.Path("tests", "vectors", "openpgp", "keys-revoked-copy-alone", "KEYS"));
        KeyFileContent all = KeyFile.ParseChosen(file, "KEYS", "--key", []);
        TrustedKey alone = new("alone", all.Keys.SelectMany(key => key.OpenPgp!.Subkeys).First().Key.Material.Value!, "--key alone.pem");
        KeyFileContent none = KeyFile.ParseChosen(file, "KEYS", "--key", [new string('a', 40)]);
        Assert.Empty(none.Keys);
        TrustStore store = new() { Keys = [alone] };
        foreach (TrustStore narrowed in (TrustStore[])[store.With(all).Narrowed(key => key.OpenPgp is null ? key : null), store.With(none), TrustStore.Empty.With(none).With(store), store.With(none).For("acme")])
        {
            Assert.Equal([alone], narrowed.Keys);
            Assert.Equal(KeyPhase.Revoked, narrowed.StatusOf(alone).Phase);
            Assert.Equal(narrowed.HolderOf(all.Keys[0].Material), narrowed.HolderOf(alone.Material));
        }
    }

    [Fact]
    public void A_subkey_that_has_not_agreed_is_somebody_elses()
    {
        string folder = Repository.Path("tests", "vectors", "openpgp", "_keys");
        TrustedKey victim = KeyFile.Parse(File.ReadAllBytes(Path.Combine(folder, "ed.asc")), "victim", "--key"), thief = KeyFile.Parse(File.ReadAllBytes(Path.Combine(folder, "adopted.asc")), "thief", "--key");
        TrustStore store = new() { Keys = [victim, thief] };
        Assert.Contains(thief.OpenPgp!.Subkeys, part => part.Key.Material.Value!.Equals(victim.Material));
        Assert.NotEqual(store.HolderOf(victim.Material), store.HolderOf(thief.Material));
        RevocationList list = RevocationList.Parse(System.Text.Encoding.UTF8.GetBytes($$"""{"version":1,"revoked":[{"fingerprint":"{{thief.Material.Fingerprint}}","reason":"stolen"}]}"""));
        Assert.Equal((KeyPhase.Active, KeyPhase.Revoked), (store.Without(list).StatusOf(victim).Phase, store.Without(list).StatusOf(thief).Phase));
    }

    [Fact]
    public void A_revoked_list_of_instances_of_which_one_cannot_be_read_revokes_whom_it_cannot_say()
    {
        string root = new VirtualSigstoreInstance().Root().ToJsonString();
        byte[] file = System.Text.Encoding.UTF8.GetBytes($"{root}\n{root.Replace("trustedroot", "trustedroot.v9", StringComparison.Ordinal)}\n");
        Assert.Single(SigstoreTrustedRootFile.Parse(file, "--trusted-root", ""));
        Assert.Equal("trust.malformed", Assert.Throws<MalformedException>(() => ListOf(TrustRootKind.SigstoreTrustedRoot, file)).Reason?.Code);
    }

    [Fact]
    public void A_revoked_entry_of_a_store_revokes_every_other_entry_of_its_key()
    {
        using TestSigner signer = new();
        TrustedKey good = signer.As("good"), bad = signer.As("bad") with { Status = Stolen };
        TrustStore store = new TrustStore { Keys = [good] }.With(new TrustStore { Keys = [bad] });
        Assert.Equal("key.revoked", Reason(signer.Sign(good), store));
        Assert.Null(Reason(signer.Sign(good), new TrustStore { Keys = [good] }));
    }

    [Fact]
    public void A_limit_of_one_entry_does_not_limit_another()
    {
        using TestSigner signer = new();
        TrustedKey limited = signer.As("limited") with { Formats = ["dsse"] }, free = signer.As("free");
        Assert.Equal("key.not-allowed", Reason(signer.Sign(limited), new TrustStore { Keys = [limited] }));
        Assert.Null(Reason(signer.Sign(limited, limited, free), new TrustStore { Keys = [limited, free] }));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "key.revoked")]
    public void A_revoked_instance_is_revoked_as_a_file_too(bool isRevoked, string? reason)
    {
        VirtualSigstoreInstance instance = new();
        byte[] file = System.Text.Encoding.UTF8.GetBytes(instance.Root().ToJsonString());
        TrustStore store = new() { SigstoreRoots = SigstoreTrustedRootFile.Parse(file, "--trusted-root", "") };
        store = isRevoked ? store.Without(ListOf(TrustRootKind.SigstoreTrustedRoot, file)) : store;
        LeafRecipe leaf = new();
        SignaturePolicy policy = new([new SignedByDemandedIdentity(TextMatch.Exactly(leaf.Identity), TextMatch.Exactly(leaf.Issuer))]);
        Verdict verdict = Verifier.Verify(new VerificationRequest(
            Artifact.FromBytes("a.txt", BundleDraft.Artifact), new BundleDraft(instance).Build(), new VerificationContext(store, Expectations.None, StatedTime: null), policy));
        Assert.Equal(reason, verdict.IsTrusted ? null : verdict.Findings[0].Reason.Code);
    }

    [Fact]
    public void A_minisign_key_signs_minisign_documents_alone_wherever_it_comes_from()
    {
        KeyMaterial key = MinisignPublicKey.ParseLine(System.Text.Encoding.ASCII.GetBytes(MinisignLine())).Material;
        byte[] file = System.Text.Encoding.ASCII.GetBytes($"untrusted comment: x\n{MinisignLine()}\n");
        TrustRoot root = new("mini", TrustRootKind.PublicKey, "mini.pub", Digest.Sha256(file)) { Fingerprint = key.Fingerprint, Marks = ["official"] };
        foreach (TrustedKey given in (TrustedKey[])[KeyFile.Parse(file, "k", "--key k"), TrustRootFile.Open(root, file).Keys.Single(), new TrustedKey("pinned", key, "test")])
        {
            VerificationContext context = new(new TrustStore { Keys = [given] }, Expectations.None, StatedTime: null);
            Assert.Equal("key.not-allowed", KeyJudgement.Of(given, SignatureScheme.Ed25519, new SignatureFacts("sigstore"), context)?.Reason.Code);
            Assert.Null(KeyJudgement.Of(given, SignatureScheme.Ed25519, new SignatureFacts("minisign") { Form = SignatureForm.Minisign }, context));
        }
    }

    private static string? Reason(KeySignature signature, TrustStore store) =>
        SignedByKey.Prove(signature, new SignatureFacts("test"), new VerificationContext(store, Expectations.None, StatedTime: null)).Finding?.Reason.Code;

    // Revoked: by the fingerprint of every spelling, as a root of one key, and in a list of signers.
    private static Dictionary<string, RevocationList> Revoked(string key)
    {
        Dictionary<string, RevocationList> lists = [];
        foreach ((string spelling, byte[] spki) in Spellings(key))
        {
            string hex = Convert.ToHexStringLower(SHA256.HashData(spki));
            lists.Add($"fingerprint of {spelling}", RevocationList.Parse(System.Text.Encoding.UTF8.GetBytes($$"""{"version":1,"revoked":[{"fingerprint":"{{hex}}","reason":"stolen"}]}""")));
            lists.Add($"root with fingerprint of {spelling}", RepositoryRevocations.OfRoots(
                [new TrustRoot("r", TrustRootKind.PublicKey, "r.pem", Digest.Sha256(spki)) { Fingerprint = hex, Status = Stolen }], _ => throw new MalformedException("the file of one key may be gone")));
        }

        lists.Add("list of SSH signers", ListOf(TrustRootKind.AllowedSigners, SshFile(key)));
        if (key == "p256")
        {
            lists.Add("keys of npm", ListOf(TrustRootKind.NpmKeys, System.Text.Encoding.UTF8.GetBytes(
                $$$$"""{"keys":[{"keyId":"k","keyUsage":"npm:signatures","publicKey":{"rawBytes":"{{{{Convert.ToBase64String(P256.ExportSubjectPublicKeyInfo())}}}}","keyDetails":"PKIX_ECDSA_P256_SHA_256","validFor":{"start":"2020-01-01T00:00:00Z"}}}]}""")));
        }

        return lists;
    }

    private static RevocationList ListOf(TrustRootKind kind, byte[] file) =>
        RepositoryRevocations.OfRoots([new TrustRoot("list", kind, "list", Digest.Sha256(file)) { Status = Stolen }], root => TrustRootFile.Open(root, file));

    // Given: as every spelling in PEM and in DER, as an SSH line, as a JSON Web Key, as a minisign key.
    private static Dictionary<string, TrustStore> Given(string key)
    {
        Dictionary<string, TrustStore> stores = [];
        foreach ((string spelling, byte[] spki) in Spellings(key).Where(pair => !pair.Key.StartsWith("unreadable", StringComparison.Ordinal)))
        {
            stores.Add($"PEM of {spelling}", KeyIn(System.Text.Encoding.ASCII.GetBytes(new string(PemEncoding.Write("PUBLIC KEY", spki)) + "\n")));
            stores.Add($"DER of {spelling}", KeyIn(spki));
        }

        stores.Add("an SSH line", new TrustStore { SshSigners = AllowedSigners.Parse(SshFile(key), "--allowed-signers") });
        if (key == "ed25519")
        {
            stores.Add("a minisign key", KeyIn(System.Text.Encoding.ASCII.GetBytes($"untrusted comment: x\n{MinisignLine()}\n")));
        }
        else
        {
            stores.Add("a JSON Web Key", KeyIn(System.Text.Encoding.UTF8.GetBytes(Jwk(key))));
        }

        return stores;
    }

    private static TrustStore KeyIn(byte[] file) => new() { Keys = [KeyFile.Parse(file, "key", "--key")] };

    private static Dictionary<string, byte[]> Spellings(string key)
    {
        if (key == "ed25519")
        {
            return new() { ["Ed25519"] = [.. Convert.FromHexString("302a300506032b6570032100"), .. Ed25519] };
        }

        if (key == "p256")
        {
            ECParameters point = P256.ExportParameters(includePrivateParameters: false);
            byte[] algorithm = Tlv(0x30, [.. Convert.FromHexString("06072a8648ce3d0201"), .. Convert.FromHexString("06082a8648ce3d030107")]);
            byte sign = (byte)(point.Q.Y![31] & 1);
            return new()
            {
                ["uncompressed point"] = P256.ExportSubjectPublicKeyInfo(),
                ["compressed point"] = Tlv(0x30, [.. algorithm, .. Tlv(0x03, [0x00, (byte)(2 + sign), .. point.Q.X!])]),
                ["unreadable hybrid point"] = Tlv(0x30, [.. algorithm, .. Tlv(0x03, [0x00, (byte)(6 + sign), .. point.Q.X!, .. point.Q.Y!])]),
            };
        }

        byte[] bits = Tlv(0x03, [0x00, .. Rsa.ExportRSAPublicKey()]), pss = Convert.FromHexString("06092a864886f70d01010a"), sha256 = Convert.FromHexString("0609608648016503040201");
        byte[] hash = Tlv(0x30, sha256), hashWithNull = Tlv(0x30, [.. sha256, 0x05, 0x00]);
        byte[] Parameters(byte[] own, byte[] mask) =>
            Tlv(0x30, [.. Tlv(0xA0, own), .. Tlv(0xA1, Tlv(0x30, [.. Convert.FromHexString("06092a864886f70d010108"), .. mask])), .. Tlv(0xA2, [0x02, 0x01, 0x20])]);
        byte[] Spki(byte[] algorithm) => Tlv(0x30, [.. Tlv(0x30, algorithm), .. bits]);
        return new()
        {
            ["rsaEncryption"] = Rsa.ExportSubjectPublicKeyInfo(),
            ["unreadable rsaEncryption without NULL"] = Spki(Convert.FromHexString("06092a864886f70d010101")),
            ["id-RSASSA-PSS"] = Spki(pss),
            ["id-RSASSA-PSS with SHA-256"] = Spki([.. pss, .. Parameters(hash, hash)]),
            ["id-RSASSA-PSS with SHA-256 and NULL"] = Spki([.. pss, .. Parameters(hashWithNull, hashWithNull)]),
            ["id-RSASSA-PSS with SHA-256 and one NULL"] = Spki([.. pss, .. Parameters(hash, hashWithNull)]),
        };
    }

    private static string Jwk(string key)
    {
        if (key == "rsa")
        {
            RSAParameters rsa = Rsa.ExportParameters(includePrivateParameters: false);
            return $$"""{"kty":"RSA","n":"{{Url(rsa.Modulus!)}}","e":"{{Url(rsa.Exponent!)}}"}""";
        }

        ECParameters point = P256.ExportParameters(includePrivateParameters: false);
        return $$"""{"kty":"EC","crv":"P-256","x":"{{Url(point.Q.X!)}}","y":"{{Url(point.Q.Y!)}}"}""";
    }

    private static string Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static string MinisignLine() => Convert.ToBase64String([.. "Ed"u8, 1, 2, 3, 4, 5, 6, 7, 8, .. Ed25519]);

    private static byte[] SshFile(string key)
    {
        ECParameters point = P256.ExportParameters(includePrivateParameters: false);
        RSAParameters rsa = Rsa.ExportParameters(includePrivateParameters: false);
        (string type, byte[] blob) = key switch
        {
            "ed25519" => ("ssh-ed25519", [.. Field("ssh-ed25519"u8), .. Field(Ed25519)]),
            "p256" => ("ecdsa-sha2-nistp256", [.. Field("ecdsa-sha2-nistp256"u8), .. Field("nistp256"u8), .. Field([0x04, .. point.Q.X!, .. point.Q.Y!])]),
            _ => ("ssh-rsa", (byte[])[.. Field("ssh-rsa"u8), .. Field(rsa.Exponent), .. Field([0x00, .. rsa.Modulus!])]),
        };
        return System.Text.Encoding.ASCII.GetBytes($"ada {type} {Convert.ToBase64String(blob)}\n");
    }

    private static byte[] Field(ReadOnlySpan<byte> value)
    {
        byte[] length = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        return [.. length, .. value];
    }

    private static byte[] Tlv(int tag, byte[] content) =>
        [(byte)tag, .. content.Length < 128 ? (byte[])[(byte)content.Length] : content.Length < 256 ? [0x81, (byte)content.Length] : [0x82, (byte)(content.Length >> 8), (byte)(content.Length & 0xFF)], .. content];
}
