using System.CommandLine;
using OfflineKit.Signing.Cli;

namespace OfflineKit.Signing.Tests.Output;

/// <summary>A refusal leaves no trace: every command that writes, with an input that it refuses, leaves the whole folder as it was.</summary>
public sealed class RefusalTests
{
    // Command: lines that it refuses.
    private static readonly (string Command, string[] Lines)[] Writers =
    [
        ("sign", [
            "sign a --format minisign --key a", "sign a --format minisign --key rsa.pem", "sign a missing --format kms --key key.pem", "sign a --format kms --key rsa.pem",
            "sign a --format dsse --key key.pem --append a", "sign a --format dsse --key key.pem --append b.dsse.json", "sign b --format dsse --key key.pem --append b.dsse.json",
            "sign a --format sigstore --key key.pem --append key.pem", "sign a --format kms --key key.pem --public-key other.pub", "sign a --format signify --key key.pem --audit-key key.pem",
            "sign a --format dsse --key other.pem --predicate-type t --predicate bad.json", "sign a --format minisign --key own.key -o no/such/folder", "sign a --format kms --key key.pem --audit-log a",
        ]),
        ("policy sign", ["policy sign bad.yaml --key key.pem --require-valid -o out", "policy sign missing --key key.pem -o out"]),
        ("dossier sign", ["dossier sign bad.ds.md --key key.pem", "dossier sign guide.ds.md --key rsa.pem", "dossier sign guide.ds.md --key key.pem --public-key other.pub", "dossier sign guide.ds.md bad.ds.md --key key.pem", "dossier sign in --key key.pem"]),
        ("dossier keys add", ["dossier keys add a --public-key key.pub --name N", "dossier keys add own.key --public-key key.pub --name N", "dossier keys add key.pem --public-key key.pub --name N", "dossier keys add new.txt --public-key key.pem --name N", "dossier keys add no/such --public-key key.pub --name N"]),
        ("dossier keys deprecate", ["dossier keys deprecate missing --public-key key.pub", "dossier keys deprecate a --public-key key.pub"]),
        ("dossier keys retire", ["dossier keys retire missing --public-key key.pub --reason r", "dossier keys retire a --public-key key.pub --reason r"]),
        ("dossier keys revoke", ["dossier keys revoke missing --public-key key.pub --reason r", "dossier keys revoke own.pub --public-key own.pub --reason r"]),
        ("event sign", ["event sign bad.json --provider aws_kms --key key.pem -o out", "event sign event.json --allow-hmac-instead-of-signature -o out", "event sign event.json --provider aws_kms --key a -o out"]),
        ("log sign", ["log sign event.json -o out"]),
        ("keygen", ["keygen -W -s own.key -p new.pub", "keygen -W -s new.key -p own.pub", "keygen -W -s new.key -p a --force", "keygen -W -s own.key -p own.pub --force", "keygen -W -s new.key -p no/such", "keygen -s new.key -p new.pub", "keygen -W -s same -p ./same --force"]),
        ("key change-password", ["key change-password a", "key change-password key.pem -W", "key change-password own.key"]),
        ("key recreate-public", ["key recreate-public own.key -o own.pub", "key recreate-public own.key -o a --force", "key recreate-public a -o new.pub"]),
        ("public-key", ["public-key key.pem -o own.key --force", "public-key a -o new.pub", "public-key rsa.pem --as minisign -o new.pub", "public-key key.pem --public-key other.pub -o new.pub"]),
        ("trust init", ["trust init repo --root key.pub --targets key.pub --snapshot key.pub --timestamp key.pub", "trust init new --root key.pub --root-threshold 2 --targets key.pub --snapshot key.pub --timestamp key.pub", "trust init new --root key.pem --targets key.pub --snapshot key.pub --timestamp key.pub"]),
        ("trust add", [
            "trust add repo key.pem --name leak", "trust add repo own.key --name leak", "trust add repo key.pem --as policies/p", "trust add repo own.key --as policies/p", "trust add repo key.pub --name BAD_NAME",
            "trust add repo a --as KEYS.txt", "trust add repo a --as ../outside", "trust add repo bad.json --as trust.json", "trust add missing key.pub --name n", "trust add repo key.pub --name n --format nonsense",
        ]),
        ("trust revoke", ["trust revoke repo nobody --reason r", "trust revoke repo --fingerprint 00 --reason r"]),
        ("trust rotate", ["trust rotate repo --role root --remove other.pub", "trust rotate repo --role root --remove key.pub", "trust rotate repo --role nothing --add other.pub"]),
        ("trust sign", ["trust sign repo --key other.pem", "trust sign repo --from in", "trust sign missing --key key.pem"]),
        ("trust publish", ["trust publish repo --key key.pem --bundle new.tar", "trust publish repo --key other.pem", "trust publish missing --key key.pem", "trust publish repo --key key.pem --bundle a"]),
        ("export pack", [
            "export pack in --name k --version 1 --key key.pem -o kit", "export pack in --name BAD! --version 1 --key key.pem -o new", "export pack missing --name k --version 1 --key key.pem -o new",
            "export pack in --name k --version x --key key.pem -o new.tar", "export pack in --name k --version 1 --key key.pem -o in --force", "export pack in --name k --version 1 --key key.pem -o a --force", "export pack in --name k --version 1 --key a -o new",
        ]),
        ("remote sign", [
            "remote sign a --service https://127.0.0.1:1 --token a --poe a --key key.pem --predicate-type t --predicate bad.json --public-key key.pub -o new", "remote sign missing --service https://127.0.0.1:1 --token a --poe a --key key.pem --predicate-type t --predicate good.json --public-key key.pub -o new",
            "remote sign a --service http://127.0.0.1:1 --token a --poe a --key key.pem --predicate-type t --predicate bad.json --public-key key.pub -o a --force",
        ]),
        ("remote export", ["remote export a --archive a --export-id e --tool t=1 --service https://127.0.0.1:1 --token a --poe a --key key.pem --public-key key.pub -o new", "remote export missing --archive a --export-id e --tool t=1 --service https://127.0.0.1:1 --token a --poe a --key key.pem --public-key key.pub"]),
    ];

    // They read, answer on standard output, or write to a service.
    private static readonly string[] Readers = ["policy push", "policy validate", "policy diff", "policy pull", "policy load", "audit verify", "serve", "cosign-plugin", "explain", "completion", "manual"];

    public static TheoryData<string> Lines => [.. Writers.SelectMany(writer => writer.Lines)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_refused_command_leaves_everything_as_it_was(string line)
    {
        using Bench bench = new();
        string[] before = Tree.Of(bench.Folder.Path);
        (int exit, string output) = bench.Sign(line);
        Assert.True(exit != 0, output);
        Assert.Equal(before, Tree.Of(bench.Folder.Path));
    }

    [Theory]
    [InlineData("""{"id":"1","verb":"sign","key":"own.key","format":"minisign","paths":["a","missing"]}""")]
    [InlineData("""{"id":"1","verb":"sign","key":"key.pem","format":"minisign","paths":["a"],"output":"own.key","force":true}""")]
    [InlineData("""{"id":"1","verb":"sign","key":"own.key","format":"minisign","paths":["a"],"output":"own.key","force":true}""")]
    [InlineData("""{"id":"1","verb":"sign","key":"own.key","format":"minisign","paths":["a"],"output":"a","force":true}""")]
    [InlineData("""{"id":"1","verb":"keygen","secretKey":"own.key","publicKey":"new.pub","noPassphrase":true,"force":true}""")]
    [InlineData("""{"id":"1","verb":"keygen","secretKey":"new.key","publicKey":"new.key","noPassphrase":true,"force":true}""")]
    [InlineData("""{"id":"1","verb":"keygen","secretKey":"new.key","publicKey":"a","noPassphrase":true,"force":true}""")]
    public void A_refused_request_leaves_everything_as_it_was(string request)
    {
        using Bench bench = new();
        string[] before = Tree.Of(bench.Folder.Path);
        Assert.Equal("error", bench.Serve(request).GetProperty("status").GetString());
        Assert.Equal(before, Tree.Of(bench.Folder.Path));
    }

    [Fact]
    public void Every_command_is_known_to_write_or_not_to()
    {
        string[] known = [.. Writers.Select(writer => writer.Command).Concat(Readers).Order(StringComparer.Ordinal)];
        Assert.Equal(known, Leaves(Program.Root(), "").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Leaves(Command command, string name) => command.Subcommands.Count == 0
        ? [name]
        : command.Subcommands.SelectMany(sub => Leaves(sub, name.Length == 0 ? sub.Name : $"{name} {sub.Name}"));
}
