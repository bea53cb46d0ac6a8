using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Tests.Services;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>ML-DSA keys in files, at AWS and at Google.</summary>
public sealed class MlDsaKeyTests
{
    [SharedFact("corpora")]
    public void Seeds_make_the_keys_of_wycheproof_and_sign_under_them()
    {
        string path = Repository.Path("..", "shared", "corpora", "wycheproof-mldsa", "mldsa_65_sign_seed_test.json.gz");
        Assert.SkipUnless(File.Exists(path), "wycheproof-mldsa is not beside the repository");
        using GZipStream json = new(File.OpenRead(path), CompressionMode.Decompress);
        int keys = 0;
        foreach (JsonElement group in JsonDocument.Parse(json).RootElement.GetProperty("testGroups").EnumerateArray())
        {
            if (!group.TryGetProperty("privateKeyPkcs8", out JsonElement pkcs8))
            {
                continue;
            }

            byte[] der = Convert.FromHexString(pkcs8.GetString()!);
            if (Result.Parse(Reasons.MalformedKey, () => PrivateKeyDer.Pkcs8(der)).Value is not { } half)
            {
                Assert.Contains("IncorrectPrivateKeyLength", group.GetProperty("tests")[0].GetProperty("flags")[0].GetString(), StringComparison.Ordinal);
                continue;
            }

            Assert.Equal(group.GetProperty("publicKey").GetString(), Convert.ToHexStringLower(half.Public.MlDsaBytes.Span));
            Assert.True(PublicKey.Bind(half.Public, SignatureScheme.MlDsa).Verifies("a"u8, half.Sign("a"u8)));
            keys++;
        }

        Assert.True(keys > 20, $"{keys}");
    }

    [Theory]
    [InlineData("ML-DSA-44", "")]
    [InlineData("ML-DSA-65", "secret")]
    [InlineData("ML-DSA-87", "secret")]
    public void A_new_key_signs_and_its_public_half_verifies(string algorithm, string password)
    {
        using Folder folder = new();
        folder.Write("a", "hello\n");
        (int made, string output) = Peer.Sign(folder.Path, ["keygen", "--algorithm", algorithm, "-s", "key.pem", "-p", "key.pub", .. password.Length == 0 ? ["-W"] : (string[])[]], password + "\n");
        Assert.True(made == 0, output);
        (int signed, string said) = Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", "key.pem"], password + "\n");
        Assert.True(signed == 0, said);
        KeyMaterial key = OfflineKit.Trust.KeyFile.Parse(File.ReadAllBytes(folder["key.pub"]), "k", "k").Material;
        Assert.True(PublicKey.Bind(key, SignatureScheme.MlDsa).Verifies("hello\n"u8, File.ReadAllBytes(folder["a.sig"])));
        (int shown, string jwk) = Peer.Sign(folder.Path, ["public-key", "key.pem", "--as", "jwk", "-o", "key.jwk"], password + "\n");
        Assert.True(shown == 0, jwk);
        Assert.Equal(key, OfflineKit.Trust.KeyFile.Parse(File.ReadAllBytes(folder["key.jwk"]), "k", "k").Material);
        if (password.Length > 0)
        {
            (int wrong, string refusal) = Peer.Sign(folder.Path, ["sign", "a", "--format", "kms", "--key", "key.pem", "--force"], "wrong\n");
            Assert.True(wrong == 1 && refusal.Contains("sign.wrong-password", StringComparison.Ordinal), refusal);
        }
    }

    [Fact]
    public void Python_opens_a_new_key_under_its_password()
    {
        using Folder folder = new();
        Assert.SkipWhen(Peer.Run(folder.Path, "python3", ["-c", "from cryptography.hazmat.primitives.asymmetric import mldsa"]).Exit != 0, "python3 has no package cryptography with ML-DSA (version 48 has it)");
        (int made, string output) = Peer.Sign(folder.Path, ["keygen", "--algorithm", "ML-DSA-65", "-s", "key.pem", "-p", "key.pub"], "secret\n");
        Assert.True(made == 0, output);
        Peer.Must(folder.Path, "python3", ["-c", """
            from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
            key = load_pem_private_key(open('key.pem', 'rb').read(), b'secret')
            assert key.public_key().public_bytes_raw() == load_pem_public_key(open('key.pub', 'rb').read()).public_bytes_raw()
            assert len(key.private_bytes_raw()) == 32
            """]);
    }

    [Fact]
    public async Task A_long_message_is_signed_at_aws_by_its_mu()
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.MlDsa87);
        using AwsStub stub = new(pair);
        await using SigningKey key = await stub.OpenAsync();
        VerifiedSignature signature = await key.SignMessageAsync(AwsStub.LongMessage, TestContext.Current.CancellationToken);
        Assert.Equal(4627, signature.Value.Length);
        Assert.Contains(stub.Server.Requests, asked => asked.Body.Contains("\"EXTERNAL_MU\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(nameof(KeyKind.MlDsa44), "PQ_SIGN_ML_DSA_44", "data")]
    [InlineData(nameof(KeyKind.MlDsa65), "PQ_SIGN_ML_DSA_65", "data")]
    [InlineData(nameof(KeyKind.MlDsa87), "PQ_SIGN_ML_DSA_87", "data")]
    [InlineData(nameof(KeyKind.MlDsa65), "PQ_SIGN_ML_DSA_65_EXTERNAL_MU", "externalMu")]
    public async Task Google_signs_what_its_algorithm_takes(string name, string label, string member)
    {
        KeyKind kind = Enum.Parse<KeyKind>(name);
        using ServiceKeyPair pair = ServiceKeyPair.Of(kind);
        using GoogleStub stub = new(pair, label);
        await using SigningKey key = await stub.OpenAsync();
        Assert.Equal(pair.Material, key.PublicKey.Material);
        VerifiedSignature signature = await key.SignMessageAsync(AwsStub.LongMessage, TestContext.Current.CancellationToken);
        Assert.Equal(MlDsaParameterSet.Of(kind)!.SignatureSize, signature.Value.Length);
        Assert.Contains(stub.Server.Requests, asked => asked.Body.Contains($"\"{member}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Google_is_given_no_message_that_its_algorithm_does_not_take()
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.MlDsa65);
        using GoogleStub stub = new(pair, "PQ_SIGN_ML_DSA_65");
        await using SigningKey key = await stub.OpenAsync();
        SigningException fault = await Assert.ThrowsAsync<SigningException>(() => key.SignMessageAsync(new byte[65537], TestContext.Current.CancellationToken));
        Assert.Contains("PQ_SIGN_ML_DSA_65_EXTERNAL_MU signs files of any length", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_google_says_of_a_key_must_fit()
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.MlDsa65);
        using GoogleStub otherSet = new(pair, "PQ_SIGN_ML_DSA_44"), damaged = new(pair, "PQ_SIGN_ML_DSA_65", (asked, stub) => stub.Answer(asked, off: GoogleStub.StageOf(asked) == "lookup" ? 1u : 0));
        await Assert.ThrowsAsync<SigningException>(() => otherSet.OpenAsync());
        await Assert.ThrowsAsync<SigningException>(() => damaged.OpenAsync());
    }

    [Theory]
    [InlineData("expanded", "key.unsupported")]
    [InlineData("both", null)]
    [InlineData("other", "sign.key-unreadable")]
    [InlineData("short", "sign.key-unreadable")]
    [InlineData("foreign-public", "sign.key-unreadable")]
    public void The_forms_of_a_private_key(string form, string? reason)
    {
        MlDsaParameterSet set = MlDsaParameterSet.All[0];
        byte[] seed = RandomNumberGenerator.GetBytes(32);
        byte[] Long(byte[] of) => Org.BouncyCastle.Crypto.Parameters.MLDsaPrivateKeyParameters.FromSeed(set.Parameters, of).GetEncoded();
        using MlDsaPrivateHalf foreign = new(set, RandomNumberGenerator.GetBytes(32));
        byte[] inner = form switch
        {
            "expanded" => Der(4, Long(seed)),
            "both" => Der(0x30, [.. Der(4, seed), .. Der(4, Long(seed))]),
            "other" => Der(0x30, [.. Der(4, seed), .. Der(4, Long(RandomNumberGenerator.GetBytes(32)))]),
            "short" => Der(0x80, seed[1..]),
            _ => Der(0x80, seed),
        };
        byte[] stated = form == "foreign-public" ? Der(0x81, [0, .. foreign.Public.MlDsaBytes.Span]) : [];
        byte[] oid = [6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 3, 17];
        byte[] der = Der(0x30, [2, 1, (byte)(stated.Length > 0 ? 1 : 0), .. Der(0x30, oid), .. Der(4, inner), .. stated]);
        using Folder folder = new();
        folder.Write("key.pem", new string(PemEncoding.Write("PRIVATE KEY", der)) + "\n");
        (int exit, string output) = Peer.Sign(folder.Path, ["public-key", "key.pem", "-o", "key.pub"]);
        Assert.True(exit == (reason is null ? 0 : 1) && output.Contains(reason ?? "", StringComparison.Ordinal), output);
    }

    private static byte[] Der(byte tag, byte[] content)
    {
        System.Formats.Asn1.AsnWriter writer = new(System.Formats.Asn1.AsnEncodingRules.DER);
        writer.WriteOctetString(content);
        byte[] encoded = writer.Encode();
        encoded[0] = tag;
        return encoded;
    }
}
