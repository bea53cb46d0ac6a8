using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Signing.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Signing.Tests.Trust;

/// <summary>Who speaks for which path.</summary>
public sealed class DelegationTests
{
    private readonly SimulatedRepository _site = SimulatedRepository.Fresh();

    [Fact]
    public void The_first_delegation_that_knows_a_path_wins_and_a_terminating_one_ends_the_search()
    {
        Delegate("first", ["a/*"], terminating: false, ["a/1"]);
        Delegate("second", ["a/*"], terminating: true, ["a/1", "a/2"]);
        Delegate("third", ["a/*"], terminating: false, ["a/3"]);
        _site.Publish();
        TufRepository repository = _site.Opened();
        Assert.Equal("first", Role(repository, "a/1"));
        Assert.Equal("second", Role(repository, "a/2"));
        Assert.Null(Role(repository, "a/3"));
    }

    [Fact]
    public void A_hash_prefix_delegates_the_paths_that_hash_to_it()
    {
        string path = "bins/one.txt", prefix = Digest.Sha256(System.Text.Encoding.UTF8.GetBytes(path)).Hex[..3];
        Delegate("bin", [], terminating: false, [path, "bins/two.txt"], prefix);
        _site.Publish();
        TufRepository repository = _site.Opened();
        Assert.Equal("bin", Role(repository, path));
        Assert.Null(Role(repository, "bins/two.txt"));
    }

    [Fact]
    public void A_cycle_of_delegations_ends()
    {
        MemoryKey key = MemoryKey.P256();
        DelegatedRole Of(string name) => new(new RoleKeys(name, [key.Material], 1), ["*"], Terminating: false);
        _site.Delegations = [Of("a")];
        _site.Delegated["a"] = ([key], MetadataText.Targets(1, SimulatedRepository.Now.AddDays(3), [], [Of("b")]));
        _site.Delegated["b"] = ([key], MetadataText.Targets(1, SimulatedRepository.Now.AddDays(3), [], [Of("a")]));
        _site.Publish();
        Assert.Equal(["targets", "a", "b"], _site.Opened().TargetsRoles.Select(role => role.Key));
    }

    [Fact]
    public void Delegations_deeper_than_the_limit_are_refused()
    {
        MemoryKey key = MemoryKey.P256();
        DelegatedRole Of(int depth) => new(new RoleKeys($"r{depth}", [key.Material], 1), ["*"], Terminating: false);
        _site.Delegations = [Of(1)];
        for (int depth = 1; depth <= TufLimits.DelegationDepth + 1; depth++)
        {
            _site.Delegated[$"r{depth}"] = ([key], MetadataText.Targets(1, SimulatedRepository.Now.AddDays(3), [], [Of(depth + 1)]));
        }

        _site.Publish();
        Assert.Equal("tuf.delegation-limit", _site.Refusal());
    }

    [Fact]
    public void A_delegated_role_signed_by_a_stranger_refuses_the_bundle()
    {
        Delegate("team", ["team/*"], terminating: false, []);
        _site.Delegated["team"] = ([MemoryKey.P256()], _site.Delegated["team"].Signed);
        _site.Publish();
        Assert.Equal("tuf.threshold", _site.Refusal());
    }

    [Theory]
    [InlineData("*.tgz", "foo.tgz", true)]
    [InlineData("*.tgz", "targets/foo.tgz", false)]
    [InlineData("targets/*.tgz", "targets/foo.tgz", true)]
    [InlineData("foo-version-?.tgz", "foo-version-a.tgz", true)]
    [InlineData("foo-version-?.tgz", "foo-version-alpha.tgz", false)]
    [InlineData("a*b*c", "aXXbYYbZc", true)]
    [InlineData("a*b*c", "aXXbYY", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[", "[", true)]
    [InlineData("*", "", true)]
    [InlineData("", "a", false)]
    public void Path_patterns_match_as_the_specification_says(string pattern, string path, bool matches) => Assert.Equal(matches, TargetPath.Matches(pattern, path));

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    [InlineData("c:x")]
    [InlineData("nul")]
    [InlineData("a/LPT1.txt")]
    [InlineData("trailing.")]
    public void Paths_that_could_leave_the_state_are_refused(string path)
    {
        _site.Targets[path] = [1];
        _site.Publish();
        Assert.Equal("tuf.unsafe-path", _site.Refusal());
    }

    private void Delegate(string name, ImmutableArray<string> paths, bool terminating, string[] targets, params string[] prefixes)
    {
        MemoryKey key = MemoryKey.P256();
        _site.Delegations = _site.Delegations.Add(new DelegatedRole(new RoleKeys(name, [key.Material], 1), paths, terminating) { HashPrefixes = [.. prefixes] });
        _site.Delegated[name] = ([key], MetadataText.Targets(
            1, SimulatedRepository.Now.AddDays(3), targets.Select(path => KeyValuePair.Create(path, (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(name)))));
        foreach (string path in targets)
        {
            _site.Files.TryAdd("targets/" + path, System.Text.Encoding.UTF8.GetBytes(name));
        }
    }

    private static string? Role(TufRepository repository, string path) => repository.Targets.FirstOrDefault(target => target.File.Path == path)?.Role;
}
