using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OfflineKit.Signing.Tests.Services;
using OfflineKit.Tests.VirtualSigstore;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>Whatever an issuer, authority, log or what stands between answers: nothing is written, the reason is named, and no token is shown.</summary>
public sealed class KeylessFaultTests
{
    private const string GitHub = "/github", Fulcio = "/api/v2/signingCert", FirstLog = "/api/v1/log/entries", SecondLog = "/api/v2/log/entries", Tsa = "/stamp";
    private const string Uuid = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    public static TheoryData<string, string, string> Broken()
    {
        TheoryData<string, string, string> cells = [];
        foreach (string stage in (string[])[GitHub, Fulcio, FirstLog, SecondLog, Tsa])
        {
            foreach (Cut cut in (Cut[])[Cut.BeforeTheAnswer, Cut.InTheHeaders, Cut.InTheBody])
            {
                cells.Add(stage, cut.ToString(), "service.unreachable");
            }

            cells.Add(stage, "429", "service.throttled");
            cells.Add(stage, "500", "service.failed");
            cells.Add(stage, "400", "service.refused");
            cells.Add(stage, "redirected", "service.refused");
            cells.Add(stage, "truncated", stage == Tsa ? "timestamp.malformed" : "service.malformed-answer");
            cells.Add(stage, "huge", "service.malformed-answer");
        }

        return cells;
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task The_double_is_good_enough_to_sign_against(int version, bool isStatement)
    {
        using SigstoreStub stub = new();
        using KeylessBench bench = new(stub) { Logs = [version], IsStatement = isStatement };
        SigningReceipt receipt = await bench.SignAsync();
        Assert.Contains("at index 1", Assert.Single(receipt.Remarks), StringComparison.Ordinal);
        Assert.Equal(["audit", "out"], bench.Folder.Names);
        Assert.Contains($"\"identity\":\"{SigstoreStub.Workflow}\",\"issuer\":\"{SigstoreStub.Issuer}\",\"certificate\":\"", File.ReadAllText(bench.AuditLog), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_stage(string stage, string fault, string reason)
    {
        using SigstoreStub stub = new((asked, stub) => asked.Path.StartsWith(stage, StringComparison.Ordinal) ? Spoilt(fault, stub.Answer(asked), stub) : null);
        using KeylessBench bench = new(stub) { Logs = [stage == SecondLog ? 2 : 1] };
        _ = await bench.RefusedAsync(reason);

        // What may have been taken and is public is not asked for twice; what says that it was not taken is.
        bool isOnce = stage is Fulcio or SecondLog ? fault != "429" : fault is "400" or "redirected" or "truncated" or "huge";
        // A GET whose connection ended without a byte is repeated by the platform as well.
        Assert.InRange(stub.Count(stage), isOnce ? 1 : 4, isOnce ? 1 : stage == GitHub ? 16 : 4);
        Assert.Equal(0, stub.Count("/elsewhere"));
    }

    [Fact]
    public async Task A_certificate_for_another_key()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using SigstoreStub stub = new() { OtherKey = other };
        using KeylessBench bench = new(stub);
        _ = await bench.RefusedAsync("keyless.wrong-certificate", "it is for the key sha256:");
        Assert.Equal(0, stub.Count(FirstLog) + stub.Count(Tsa));
    }

    [Theory]
    [InlineData("identity", "keyless.wrong-certificate", "https://forge.example/mallory")]
    [InlineData("issuer", "keyless.wrong-certificate", "https://elsewhere.example")]
    [InlineData("no issuer", "keyless.wrong-certificate", "")]
    [InlineData("two names", "keyless.wrong-certificate", "")]
    [InlineData("no sct", "keyless.untrusted-certificate", "sct.")]
    [InlineData("forged sct", "keyless.untrusted-certificate", "sct.")]
    [InlineData("ended", "keyless.untrusted-certificate", "cert.")]
    [InlineData("ends soon", "keyless.certificate-ended", "")]
    [InlineData("other purpose", "keyless.untrusted-certificate", "cert.")]
    public async Task A_certificate_that_says_something_else(string fault, string reason, string containing)
    {
        using SigstoreStub stub = new()
        {
            Recipe = proper => fault switch
            {
                "identity" => proper with { Identity = "https://forge.example/mallory" },
                "issuer" => proper with { Issuer = "https://elsewhere.example" },
                "no issuer" => proper with { HasNoIssuer = true },
                "two names" => proper with { HasTwoNames = true },
                "no sct" => proper with { CertificateLog = null },
                "forged sct" => proper with { CertificateLog = VirtualLog.Ecdsa("other") },
                "ended" => proper with { Until = VirtualSigstoreInstance.Noon.AddSeconds(-10) },
                "ends soon" => proper with { Until = VirtualSigstoreInstance.Noon.AddSeconds(10) },
                _ => proper with { Purpose = "1.3.6.1.5.5.7.3.1" },
            },
        };
        using KeylessBench bench = new(stub);
        _ = await bench.RefusedAsync(reason, containing);
        Assert.Equal(0, stub.Count(FirstLog) + stub.Count(Tsa));
    }

    [Fact]
    public async Task A_certificate_of_another_authority()
    {
        using SigstoreStub stub = new() { OtherAuthority = new VirtualAuthority("https://fulcio.elsewhere.example") };
        using KeylessBench bench = new(stub);
        _ = await bench.RefusedAsync("keyless.untrusted-certificate", "cert.");
    }

    [Theory]
    [InlineData(1, "another artefact", "sign.does-not-verify", "bundle.entry-mismatch")]
    [InlineData(2, "another artefact", "sign.does-not-verify", "bundle.entry-mismatch")]
    [InlineData(1, "another signature", "rekor.wrong-entry", "")]
    [InlineData(2, "another signature", "rekor.wrong-entry", "")]
    [InlineData(1, "forged proof", "sign.does-not-verify", "log.inclusion-mismatch")]
    [InlineData(2, "forged proof", "sign.does-not-verify", "log.inclusion-mismatch")]
    [InlineData(1, "forged promise", "sign.does-not-verify", "log.promise-mismatch")]
    [InlineData(1, "no proof", "service.malformed-answer", "inclusionProof")]
    [InlineData(1, "unknown log", "sign.does-not-verify", "bundle.no-log")]
    [InlineData(2, "unknown log", "sign.does-not-verify", "bundle.no-log")]
    public async Task An_entry_of_something_else(int version, string fault, string reason, string containing)
    {
        string body = version == 1 ? "spec.data.hash.value" : "spec.hashedRekordV002.data.digest";
        using SigstoreStub stub = new()
        {
            EditBody = entry => Edit(entry, fault, "another artefact", body),
            EditEntry = entry => EditAnswer(entry, fault, version),
            OtherLog = fault == "unknown log" ? VirtualLog.Ecdsa("rekor.elsewhere.example") : null,
        };
        using KeylessBench bench = new(stub) { Logs = [version] };
        _ = await bench.RefusedAsync(reason, containing);
    }

    [Theory]
    [InlineData("another digest", "tsa.wrong-answer", "imprint")]
    [InlineData("another nonce", "tsa.wrong-answer", "nonce")]
    [InlineData("no nonce", "tsa.wrong-answer", "nonce")]
    [InlineData("unknown authority", "tsa.untrusted", "timestamp.unknown-authority")]
    [InlineData("forged authority", "tsa.untrusted", "timestamp.")]
    [InlineData("after the certificate", "sign.does-not-verify", "cert.")]
    public async Task A_timestamp_of_something_else(string fault, string reason, string containing)
    {
        using SigstoreStub stub = new()
        {
            OtherTsa = fault switch { "unknown authority" => new VirtualTimestampAuthority("elsewhere"), "forged authority" => new VirtualTimestampAuthority(), _ => null },
            Stamped = proper => fault switch
            {
                "another digest" => proper with { Digest = SHA256.HashData("other"u8) },
                "another nonce" => proper with { Nonce = proper.Nonce + 1 },
                "no nonce" => proper with { Nonce = null },
                "after the certificate" => proper with { Time = VirtualSigstoreInstance.Noon.AddMinutes(30) },
                _ => proper,
            },
        };
        using KeylessBench bench = new(stub);
        _ = await bench.RefusedAsync(reason, containing);
    }

    [Theory]
    [InlineData("whole")]
    [InlineData("cut")]
    [InlineData("of its middle")]
    public async Task An_authority_that_repeats_the_token_is_not_quoted(string part)
    {
        string Quoted(string token) => part switch { "whole" => token, "cut" => token[..30], _ => token[40..60] };
        using SigstoreStub stub = new((asked, stub) => asked.Path == Fulcio ? new Told(400, $"{{\"code\":3,\"message\":\"bad token '{Quoted(stub.Token)}…'\"}}") : null);
        using KeylessBench bench = new(stub);
        string said = await bench.RefusedAsync("service.refused");
        Assert.Contains("is not shown", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Quoted(stub.Token), said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_exists_is_fetched_from_the_same_log()
    {
        Told? first = null;
        using SigstoreStub stub = new((asked, stub) => (asked.Method, asked.Path) switch
        {
            ("POST", FirstLog) => (first = stub.Answer(asked)) with { Status = 409, Body = "{}", Headers = [("Location", "https://elsewhere.example/api/v1/log/entries/" + Uuid)] },
            ("GET", FirstLog + "/" + Uuid) => first! with { Status = 200 },
            _ => null,
        });
        using KeylessBench bench = new(stub);
        _ = await bench.SignAsync();
        Assert.Equal(1, stub.Count(FirstLog + "/"));
    }

    [Fact]
    public async Task An_entry_that_exists_nowhere()
    {
        using SigstoreStub stub = new((asked, _) => asked is { Method: "POST", Path: FirstLog } ? new Told(409, "{}", Headers: ("Location", "../../keys")) : null);
        using KeylessBench bench = new(stub);
        _ = await bench.RefusedAsync("service.malformed-answer", "409");
    }

    [Fact]
    public async Task A_frozen_log_has_a_successor_or_ends_the_run()
    {
        using SigstoreStub stub = new((asked, _) => asked.Path.StartsWith("/frozen", StringComparison.Ordinal) ? new Told(405, "{}") : null);
        using KeylessBench bench = new(stub) { Logs = [-2] };
        _ = await bench.RefusedAsync("rekor.frozen");
        using KeylessBench next = new(stub) { Logs = [-2, 2] };
        _ = await next.SignAsync();
    }

    [Fact]
    public async Task All_files_of_a_run_share_one_token_and_one_certificate()
    {
        using SigstoreStub stub = new();
        using KeylessBench bench = new(stub);
        SigningReceipt[] receipts = await bench.SignAllAsync([.. Enumerable.Range(0, 20).Select(number => $"out{number}")]);
        Assert.Equal((20, 1, 1, 20), (receipts.Length, stub.Count(GitHub), stub.Count(Fulcio), stub.Count(FirstLog)));
    }

    [Fact]
    public async Task All_files_of_a_run_share_one_failure()
    {
        using SigstoreStub stub = new((asked, _) => asked.Path == Fulcio ? new Told(400, "{}") : null);
        using KeylessBench bench = new(stub);
        _ = await Assert.ThrowsAsync<SigningException>(() => bench.SignAllAsync("one", "two", "three"));
        Assert.Equal((1, 1), (stub.Count(GitHub), stub.Count(Fulcio)));
        Assert.Equal(["audit"], bench.Folder.Names);
    }

    [Fact]
    public async Task An_authority_with_names_of_its_own()
    {
        const string Name = "https://forge.example/robots/release";
        using SigstoreStub stub = new() { Recipe = proper => proper with { Identity = Name } };
        using KeylessBench bench = new(stub) { DemandedName = Name };
        _ = await bench.SignAsync();
        Assert.Contains($"\"identity\":\"{Name}\"", File.ReadAllText(bench.AuditLog), StringComparison.Ordinal);
    }

    private static Told Spoilt(string fault, Told proper, SigstoreStub stub) => fault switch
    {
        "429" => new Told(429, "slow down", "text/plain"),
        "500" => new Told(500, $"<html>{stub.Token}</html>", "text/html"),
        "400" => new Told(400, "{\"code\":3,\"message\":\"no\"}"),
        "redirected" => new Told(307, "", Headers: ("Location", stub.Server.Url + "/elsewhere")),
        "truncated" => proper with { Body = proper.Body[..(proper.Body.Length / 2)], Raw = proper.Raw?[..^7] },
        "huge" => new Told(200, new string('x', 100_000)),
        _ => proper with { Cut = Enum.Parse<Cut>(fault) },
    };

    private static void EditAnswer(JsonObject entry, string fault, int version)
    {
        JsonObject proof = (JsonObject)(version == 1 ? entry["verification"]!["inclusionProof"]! : entry["inclusionProof"]!);
        switch (fault)
        {
            case "forged proof":
                byte[] hash = new byte[32];
                proof["hashes"]![0] = version == 1 ? Convert.ToHexStringLower(hash) : Convert.ToBase64String(hash);
                break;
            case "forged promise":
                entry["verification"]!["signedEntryTimestamp"] = Convert.ToBase64String(VirtualLog.Ecdsa("x").Sign("other"u8.ToArray()));
                break;
            case "no proof":
                _ = ((JsonObject)entry["verification"]!).Remove("inclusionProof");
                break;
            case "another signature":
                string name = version == 1 ? "body" : "canonicalizedBody";
                JsonNode body = JsonNode.Parse(Convert.FromBase64String((string)entry[name]!))!;
                JsonNode signature = version == 1 ? body["spec"]!["signature"]! : body["spec"]!["hashedRekordV002"]!["signature"]!;
                signature["content"] = Convert.ToBase64String("another"u8);
                entry[name] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()));
                break;
        }
    }

    private static void Edit(JsonObject entry, string fault, string wanted, string path)
    {
        if (fault != wanted)
        {
            return;
        }

        string[] names = path.Split('.');
        JsonNode parent = names[..^1].Aggregate((JsonNode)entry, (node, name) => node[name]!);
        byte[] digest = SHA256.HashData("another artefact"u8);
        parent[names[^1]] = names[^1] == "value" ? Convert.ToHexStringLower(digest) : Convert.ToBase64String(digest);
    }
}
