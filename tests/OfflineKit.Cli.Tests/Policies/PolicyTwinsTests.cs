using OfflineKit.Cli.Policies;
using OfflineKit.Host.Policies;
using OfflineKit.Encoding;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Policies;

/// <summary>A policy in YAML and the same in JSON are one policy: every pair in tests/vectors/policy-file says the same and is answered alike.</summary>
public sealed class PolicyTwinsTests
{
    private static readonly string Root = Repository.Path("tests", "vectors", "policy-file");

    public static TheoryData<string> Pairs =>
    [
        .. Directory.GetDirectories(Root)
            .Where(folder => File.Exists(Path.Combine(folder, "policy.json")) && File.Exists(Path.Combine(folder, "policy.yaml")))
            .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void There_are_pairs_of_every_kind() => Assert.True(Pairs.Count >= 80, $"{Pairs.Count} pairs");

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Both_say_the_same(string name)
    {
        byte[] json = File.ReadAllBytes(Path.Combine(Root, name, "policy.json")), yaml = File.ReadAllBytes(Path.Combine(Root, name, "policy.yaml"));
        Assert.Equal(Canonical(json), Canonical(YamlDocument.ToJson(yaml, "policy")));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Both_are_answered_alike(string name)
    {
        string args = File.ReadLines(Path.Combine(Root, name, "case.txt")).First(line => line.StartsWith("args: ", StringComparison.Ordinal))["args: ".Length..];
        (Execution json, Execution yaml) = (Answer(args, name), Answer(args.Replace("policy.json", "policy.yaml", StringComparison.Ordinal), name));
        Assert.Equal(json.ExitCode, yaml.ExitCode);
        Assert.Equal(Anonymous(json.Stdout), Anonymous(yaml.Stdout));
        Assert.Equal(Anonymous(json.Stderr), Anonymous(yaml.Stderr));
    }

    // Two files have two digests, which the report names.
    private static string Anonymous(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text.Replace("policy.json", "policy.yaml", StringComparison.Ordinal), "(policy: [^(]*)\\(sha256:[0-9a-f]{64}\\)", "$1");

    private static Execution Answer(string args, string name) => Client.Run(args.Split(' '), Path.Combine(Root, name));

    private static string Canonical(ReadOnlyMemory<byte> json) => System.Text.Encoding.UTF8.GetString(CanonicalJson.Write(StrictJson.Parse(json, "policy")));
}
