using OfflineKit.Crypto;
using OfflineKit.Signing.Tests.Services;
using OfflineKit.Tests.VirtualSigstore;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>Signatures of managed keys are stamped and logged, whatever the key, or refused before the key is asked.</summary>
public sealed class WitnessedKeyTests
{
    public static TheoryData<string, int, int, bool> Cells()
    {
        TheoryData<string, int, int, bool> cells = [];
        foreach ((KeyKind kind, int bits) in ((KeyKind, int)[])[(KeyKind.P256, 0), (KeyKind.P384, 0), (KeyKind.P521, 0), (KeyKind.Rsa, 2048), (KeyKind.Rsa, 3072), (KeyKind.Rsa, 4096)])
        {
            foreach (int version in (int[])[1, 2])
            {
                cells.Add(kind.ToString(), bits, version, false);
                cells.Add(kind.ToString(), bits, version, true);
            }
        }

        cells.Add(nameof(KeyKind.Ed25519), 0, 1, true);
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_key_is_logged_and_stamped(string kind, int bits, int version, bool isStatement)
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(Enum.Parse<KeyKind>(kind), bits);
        using SigstoreStub stub = new();
        using KeylessBench bench = new(stub) { Pair = pair, Logs = [version], IsStatement = isStatement };
        SigningReceipt receipt = await bench.SignAsync();
        Assert.Contains("at index 1", Assert.Single(receipt.Remarks), StringComparison.Ordinal);
        string log = File.ReadAllText(bench.AuditLog);
        Assert.Contains("\"log\":[{\"url\":\"https://", log, StringComparison.Ordinal);
        Assert.DoesNotContain("\"identity\"", log, StringComparison.Ordinal);
        Assert.Equal((1, 0), (stub.Count("/stamp"), stub.Count("/github") + stub.Count("/api/v2/signingCert")));
    }

    [Theory]
    [InlineData(nameof(KeyKind.Ed25519), 1, false, null)]
    [InlineData(nameof(KeyKind.Ed25519), 2, false, null)]
    [InlineData(nameof(KeyKind.Ed25519), 2, true, null)]
    [InlineData(nameof(KeyKind.Rsa), 1, false, "RSASSA_PSS_SHA_256")]
    [InlineData(nameof(KeyKind.Rsa), 2, true, "RSASSA_PSS_SHA_256")]
    public async Task What_no_log_takes_is_refused_before_anybody_is_asked(string kind, int version, bool isStatement, string? label)
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(Enum.Parse<KeyKind>(kind));
        using SigstoreStub stub = new();
        using KeylessBench bench = new(stub) { Pair = pair, Scheme = label is null ? null : AlgorithmLabel.Parse(label, label).Scheme, Logs = [version], IsStatement = isStatement };
        _ = await bench.RefusedAsync("rekor.unsuitable-signature");
        Assert.Empty(stub.Server.Requests);
    }

    [Fact]
    public async Task A_log_that_the_root_does_not_know_is_worth_nothing()
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        using SigstoreStub stub = new() { OtherLog = VirtualLog.Ecdsa("rekor.elsewhere.example") };
        using KeylessBench bench = new(stub) { Pair = pair };
        _ = await bench.RefusedAsync("sign.does-not-verify", "log");
    }
}
