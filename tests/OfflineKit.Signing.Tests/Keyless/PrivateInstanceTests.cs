using System.Numerics;
using System.Text.Json.Nodes;
using OfflineKit.Tests.VirtualSigstore;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>An instance that publishes nothing: neither transparency log nor certificate log, and a timestamp alone proves the time.</summary>
public sealed class PrivateInstanceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_timestamp_is_enough(bool isStatement)
    {
        using SigstoreStub stub = Private();
        using KeylessBench bench = new(stub) { Logs = [], LogsWanted = 0, IsStatement = isStatement };
        _ = await bench.SignAsync();
        JsonNode material = JsonNode.Parse(File.ReadAllText(bench.Folder["out"]))!["verificationMaterial"]!;
        Assert.Null(material["tlogEntries"]);
        Assert.Single(material["timestampVerificationData"]!["rfc3161Timestamps"]!.AsArray());
        Assert.Equal((1, 0), (stub.Count("/stamp"), stub.Count("/api/v1/log") + stub.Count("/api/v2/log")));
    }

    [Fact]
    public async Task A_timestamp_after_the_certificate_is_not()
    {
        using SigstoreStub stub = Private(proper => proper with { Time = VirtualSigstoreInstance.Noon.AddMinutes(30) });
        using KeylessBench bench = new(stub) { Logs = [], LogsWanted = 0 };
        _ = await bench.RefusedAsync("sign.does-not-verify", "cert.");
    }

    [Fact]
    public async Task The_root_decides_that_no_log_is_needed_and_nobody_else()
    {
        using SigstoreStub stub = new();
        using KeylessBench bench = new(stub) { Logs = [], LogsWanted = 0 };
        _ = await bench.RefusedAsync("keyless.not-verifiable");
        Assert.Empty(stub.Server.Requests);
    }

    [Fact]
    public async Task A_log_is_no_timestamp()
    {
        using SigstoreStub stub = Private();
        using KeylessBench bench = new(stub) { Logs = [1], TimestampsWanted = 0 };
        _ = await bench.RefusedAsync("keyless.not-verifiable");
        Assert.Empty(stub.Server.Requests);
    }

    private static SigstoreStub Private(Func<(byte[] Digest, DateTimeOffset Time, BigInteger? Nonce), (byte[] Digest, DateTimeOffset Time, BigInteger? Nonce)>? stamped = null) => new()
    {
        Recipe = proper => proper with { CertificateLog = null },
        Stamped = stamped is null ? null : proper => stamped(proper),
        EditRoot = root =>
        {
            _ = root.Remove("tlogs");
            _ = root.Remove("ctlogs");
            root["certificateAuthorities"]![0]!["uri"] = "fulcio.githubapp.com";
        },
    };
}
