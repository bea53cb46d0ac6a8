using System.Text.Json;
using OfflineKit.Testing;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Tests.Machines;

/// <summary>What a machine passes over trusts nobody and dates nothing. What it demands and refuses holds as without the policy.</summary>
public sealed class PassedOverTests
{
    /// <summary>What is passed over: who counts on the machine, the folder and the words of the question, and why it is refused.</summary>
    public static TheoryData<string, string, string, string> Demanded() => new()
    {
        { "exports/_keys/alice.pem", "exports/offline-update-kit-receipt-other-log", "verify-export e --key ../_keys/alice.pem --log-key ../_keys/mallory.pem", "receipt.checkpoint-signature" },
        { "exports/_keys/alice.pem", "exports/offline-update-kit-receipt-root", "verify-export e --key ../_keys/alice.pem --log-key ../_keys/bob.pem", "receipt.checkpoint-signature" },
        { "exports/_keys/lena.minisign.pub", "exports/checksums-one-file", "verify-export e --key ../_keys/lena.minisign.pub --allow-missing --log-key ../_keys/bob.pem", "verdict.demand-unanswered" },
        { "exports/_keys/lena.minisign.pub", "exports/checksums-one-file", "verify-export e --key ../_keys/lena.minisign.pub --allow-missing --ca ../../kits/_keys/authority.crt", "verdict.demand-unanswered" },
        { "exports/_keys/lena.minisign.pub", "exports/checksums-one-file-false-too", "verify-export e --allow-missing --key ../_keys/lena.asc --key ../_keys/lena.minisign.pub --at 2026-11-30T12:00:00Z", "signature.mismatch" },
        { "trust-life/_inputs/key.pem", "trust-life/before-the-revocation", "verify ../_inputs/a.txt --signature ../_inputs/key.bundle --trust trust --trusted-root ../_inputs/trusted_root.json", "key.revoked-undated" },
    };

    [Theory]
    [MemberData(nameof(Demanded))]
    public void What_is_demanded_stays_demanded(string counts, string folder, string words, string reason)
    {
        string file = In(counts);
        string fingerprint = TrustStore.Empty.WithKey(File.ReadAllBytes(file), file).Keys[0].Material.Fingerprint;
        using BoundMachine machine = BoundMachine.With(BoundMachine.PolicyOf(fingerprint) + "permits: [allowMissing, at]\n");
        Execution run = machine.Run([.. words.Split(' ').Select(word => word is "e" or "trust" || word.StartsWith('.') ? Path.GetFullPath(word, In(folder)) : word), "--output", "json"]);
        Assert.True(run.ExitCode == 1, run.Everything);
        Assert.Contains(reason, JsonDocument.Parse(run.Stdout).RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("reason").GetString()));
    }

    private static string In(string vector) => Repository.Path("tests", "vectors", vector);
}
