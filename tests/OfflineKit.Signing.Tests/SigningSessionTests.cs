using System.Security.Cryptography;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Tests;

public sealed class SigningSessionTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 26, 10, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("foreign key", "sign.does-not-verify")]
    [InlineData("changed bit", "sign.does-not-verify")]
    [InlineData("truncated", "sign.does-not-verify")]
    [InlineData("empty", "sign.does-not-verify")]
    [InlineData("DER instead of r and s", "sign.does-not-verify")]
    [InlineData("hashed twice", "sign.does-not-verify")]
    [InlineData("r twice", "sign.does-not-verify")]
    [InlineData("other algorithm", "sign.wrong-answer")]
    [InlineData("other key name", "sign.wrong-answer")]
    [InlineData("refusal", "sign.key-unreadable")]
    [InlineData("time-out", "sign.interrupted")]
    public async Task A_wrong_answer_leaves_no_file_and_a_line_in_the_log(string fault, string reason)
    {
        using Folder folder = new();
        await using ScriptedKey key = ScriptedKey.Answering((own, hash) => Answer(fault, own, hash));
        AuditLog audit = new(folder["log"], "tester", TimeProvider.System, signer: null);
        SigningSession session = new(key, key.Material, new KmsSignature(KmsForm.Raw), Time, audit);
        Exception thrown = await Assert.ThrowsAnyAsync<Exception>(() => session.SignAsync(Order(folder), TestContext.Current.CancellationToken));
        Assert.Equal(reason, (thrown as SigningException)?.Finding.Reason.Code ?? "sign.interrupted");
        Assert.Equal(["log"], folder.Names);
        using JsonDocument line = JsonDocument.Parse(await File.ReadAllTextAsync(folder["log"], TestContext.Current.CancellationToken));
        Assert.Equal(reason, line.RootElement.GetProperty("reason").GetString());
        Assert.NotEqual("signed", line.RootElement.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_right_answer_is_verified_logged_and_written()
    {
        using Folder folder = new();
        await using ScriptedKey key = ScriptedKey.Answering();
        AuditLog audit = new(folder["log"], "tester", TimeProvider.System, signer: null);
        SigningSession session = new(key, key.Material, new KmsSignature(KmsForm.Raw), Time, audit);
        await session.SignAsync(Order(folder), TestContext.Current.CancellationToken);
        Assert.Equal(["a.sig", "log"], folder.Names);
        Assert.Contains("\"outcome\":\"signed\"", await File.ReadAllTextAsync(folder["log"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_output_stays_and_no_key_is_asked()
    {
        using Folder folder = new();
        folder.Write("a.sig", "mine");
        await using ScriptedKey key = ScriptedKey.Answering();
        SigningSession session = new(key, key.Material, new KmsSignature(KmsForm.Raw), Time, audit: null);
        SigningException thrown = await Assert.ThrowsAsync<SigningException>(() => session.SignAsync(Order(folder), TestContext.Current.CancellationToken));
        Assert.Equal("sign.output-exists", thrown.Finding.Reason.Code);
        Assert.Equal(("mine", 0), (await File.ReadAllTextAsync(folder["a.sig"], TestContext.Current.CancellationToken), key.Questions));
    }

    [Fact]
    public async Task What_another_format_signs_is_no_file_and_no_key_is_asked()
    {
        using Folder folder = new();
        await using ScriptedKey key = ScriptedKey.Answering();
        SigningSession session = new(key, key.Material, new KmsSignature(KmsForm.Raw), Time, audit: null);
        SigningOrder order = Order(folder) with { Content = new MemoryStream("DSSEv1 28 application/vnd.in-toto+json 2 {}"u8.ToArray()) };
        SigningException thrown = await Assert.ThrowsAsync<SigningException>(() => session.SignAsync(order, TestContext.Current.CancellationToken));
        Assert.Equal("artifact.other-signed-form", thrown.Finding.Reason.Code);
        Assert.Equal(0, key.Questions);
    }

    [Fact]
    public async Task An_output_that_appears_meanwhile_is_not_overwritten()
    {
        using Folder folder = new();
        await using ScriptedKey key = ScriptedKey.Answering((own, hash) =>
        {
            folder.Write("a.sig", "mine");
            return new KeyAnswer(own.SignHash(hash));
        });
        SigningSession session = new(key, key.Material, new KmsSignature(KmsForm.Raw), Time, audit: null);
        SigningException thrown = await Assert.ThrowsAsync<SigningException>(() => session.SignAsync(Order(folder), TestContext.Current.CancellationToken));
        Assert.Equal("sign.output-exists", thrown.Finding.Reason.Code);
        Assert.Equal(["a.sig"], folder.Names);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder["a.sig"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_log_that_cannot_be_continued_stops_the_signature()
    {
        using Folder folder = new();
        folder.Write("log", "{\"no\":1}\n");
        await using ScriptedKey key = ScriptedKey.Answering();
        SigningSession session = new(key, key.Material, new KmsSignature(KmsForm.Raw), Time, new AuditLog(folder["log"], "tester", TimeProvider.System, signer: null));
        SigningException thrown = await Assert.ThrowsAsync<SigningException>(() => session.SignAsync(Order(folder), TestContext.Current.CancellationToken));
        Assert.Equal("sign.audit-broken", thrown.Finding.Reason.Code);
        Assert.Equal(["log"], folder.Names);
    }

    [Fact]
    public async Task A_service_key_needs_its_pin_and_the_right_one()
    {
        await using ScriptedKey key = ScriptedKey.Answering();
        await using ScriptedKey other = ScriptedKey.Answering();
        Assert.Equal("sign.pin-required", Assert.Throws<SigningException>(() => key.PinTo(null)).Finding.Reason.Code);
        Assert.Equal("sign.pin-mismatch", Assert.Throws<SigningException>(() => key.PinTo(other.Material)).Finding.Reason.Code);
        key.PinTo(key.Material);
    }

    [Fact]
    public async Task A_digest_of_another_function_is_never_sent()
    {
        await using ScriptedKey key = ScriptedKey.Answering();
        SigningException thrown = await Assert.ThrowsAsync<SigningException>(
            () => key.SignDigestAsync(Digest.Of(DigestAlgorithm.Sha384, []), TestContext.Current.CancellationToken));
        Assert.Equal(("sign.wrong-digest", 0), (thrown.Finding.Reason.Code, key.Questions));
    }

    [Fact]
    public async Task Many_files_share_one_key()
    {
        using Folder folder = new();
        await using ScriptedKey key = ScriptedKey.Answering();
        SigningSession session = new(key, key.Material, new KmsSignature(KmsForm.Base64), Time, new AuditLog(folder["log"], "tester", TimeProvider.System, signer: null));
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), TestContext.Current.CancellationToken, async (i, token) =>
            await session.SignAsync(new SigningOrder($"f{i}", new MemoryStream([(byte)i]), OutputTarget.NewFile(folder[$"f{i}.sig"])), token));
        Assert.Equal((100, 101), (key.Questions, folder.Names.Length));
        await using FileStream log = File.OpenRead(folder["log"]);
        AuditCheck check = AuditChain.Check(log, signer: null);
        Assert.Equal((100L, null), (check.Lines, check.Fault));
    }

    [Fact]
    public void Leading_zeros_of_r_and_s_survive_der()
    {
        byte[][] pairs = [new byte[64], new byte[64], new byte[64]];
        (pairs[0][1], pairs[0][32]) = (0x7f, 0x80);
        (pairs[1][31], pairs[1][63]) = (0x01, 0x01);
        (pairs[2][0], pairs[2][33]) = (0xff, 0xff);
        foreach (byte[] pair in pairs)
        {
            Assert.Equal(pair, EcdsaSignature.FromDer(EcdsaSignature.ToDer(pair), EllipticCurve.P256));
        }
    }

    [Fact]
    public async Task Openssl_accepts_signatures_whose_r_or_s_begins_with_zero()
    {
        using Folder folder = new();
        await using ScriptedKey key = ScriptedKey.Answering((own, hash) =>
        {
            byte[] signature = own.SignHash(hash);
            while (signature[0] != 0 && signature[32] != 0)
            {
                signature = own.SignHash(hash);
            }

            return new KeyAnswer(signature);
        });
        SigningSession session = new(key, key.Material, new KmsSignature(KmsForm.Raw), Time, audit: null);
        await session.SignAsync(Order(folder), TestContext.Current.CancellationToken);
        folder.Write("a", "hello");
        await File.WriteAllBytesAsync(folder["key.pem"], PublicKeyText.Write(key, PublicKeyForm.Pem), TestContext.Current.CancellationToken);
        Peer.Must(folder.Path, "openssl", ["dgst", "-sha256", "-verify", "key.pem", "-signature", "a.sig", "a"]);
    }

    private static SigningOrder Order(Folder folder) => new("a", new MemoryStream("hello"u8.ToArray()), OutputTarget.NewFile(folder["a.sig"]));

    private static KeyAnswer Answer(string fault, ECDsa own, byte[] hash)
    {
        byte[] signature = own.SignHash(hash);
        switch (fault)
        {
            case "foreign key":
                using (ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    return new KeyAnswer(other.SignHash(hash));
                }

            case "changed bit":
                signature[5] ^= 1;
                return new KeyAnswer(signature);
            case "truncated":
                return new KeyAnswer(signature.AsMemory(0, 63));
            case "empty":
                return new KeyAnswer(default);
            case "DER instead of r and s":
                return new KeyAnswer(EcdsaSignature.ToDer(signature));
            case "hashed twice":
                return new KeyAnswer(own.SignHash(SHA256.HashData(hash)));
            case "r twice":
                return new KeyAnswer((byte[])[.. signature[..32], .. signature[..32]]);
            case "other algorithm":
                return new KeyAnswer(signature, SignatureScheme.EcdsaSha384);
            case "other key name":
                return new KeyAnswer(signature, Reference: "arn:aws:kms:eu-central-1:111122223333:key/other");
            case "refusal":
                throw SigningReasons.KeyUnreadable.Refusal("disabled");
            default:
                throw new TimeoutException();
        }
    }
}
