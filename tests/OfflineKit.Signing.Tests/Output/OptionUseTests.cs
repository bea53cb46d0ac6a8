using System.CommandLine;
using OfflineKit.Signing.Cli.Commands;

namespace OfflineKit.Signing.Tests.Output;

/// <summary>What nobody reads is refused: every option of <c>sign</c> with every format.</summary>
public sealed class OptionUseTests
{
    // Read for every format: who signs, how the run goes, where the output goes.
    private static readonly string[] ForAll =
    [
        "--format", "--key", "--public-key", "--algorithm", "--password-fd", "--timeout", "--verbose", "--parallel",
        "--output", "--force", "--dry-run", "--signed-at", "--audit-log", "--audit-key",
    ];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            TheoryData<string, string> pairs = [];
            foreach ((Option option, string[] formats) in new SignCommand().Uses.All)
            {
                foreach (string format in SignCommand.Formats.Except(formats, StringComparer.Ordinal))
                {
                    pairs.Add(option.Name, format);
                }
            }

            return pairs;
        }
    }

    [Fact]
    public void Every_option_of_sign_belongs_to_some_formats_or_to_all()
    {
        SignCommand command = new();
        IEnumerable<string> known = command.Uses.All.Select(use => use.Option.Name).Concat(ForAll);
        Assert.Equal(known.Order(StringComparer.Ordinal), command.Command().Options.Select(option => option.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_option_that_the_format_does_not_read_is_refused(string option, string format)
    {
        using Folder folder = new();
        folder.Write("a", "hello\n");
        ParseResult line = new RootCommand { new SignCommand().Command() }.Parse(["sign", "a", "--format", format, .. Given(option)]);
        Assert.Empty(line.Errors);
        Exception fault = Assert.ThrowsAny<Exception>(() => line.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
        Assert.Equal($"{option} with --format {format}: nothing reads it", fault.Message);
    }

    [Theory]
    [InlineData("sign a --format dsse --key key.pem --payload-type t --predicate pred.json")]
    [InlineData("sign a --format sigstore --key key.pem --predicate pred.json")]
    [InlineData("sign b --format dsse --key other.pem --append b.dsse.json --payload-type t")]
    [InlineData("sign a --format sigstore --keyless --public-key key.pub")]
    [InlineData("event sign event.json --provider aws_kms --key rsa.pem --allow-hmac-instead-of-signature")]
    [InlineData("event sign event.json --allow-bare-sha256-instead-of-signature --public-key key.pub")]
    [InlineData("event sign event.json --allow-bare-sha256-instead-of-signature --key key.pem")]
    [InlineData("dossier sign guide.ds.md --key awskms:///alias/x --key-name n")]
    [InlineData("policy push p bad.yaml --signature s --public-key key.pub --key-id key.pem")]
    [InlineData("policy push p bad.yaml --signature s --public-key key.pub --audit-log l")]
    [InlineData("trust add repo a --as p --format minisign")]
    [InlineData("trust add repo a --as p --kind public-key")]
    [InlineData("trust add repo a --as p --valid-until 2030-01-01T00:00:00Z")]
    [InlineData("trust sign repo --from in --key key.pem")]
    [InlineData("keygen -W -s new.key -p new.pub --password-fd 3")]
    public void What_another_way_of_the_command_reads_is_refused_in_this_one(string line)
    {
        using Bench bench = new();
        string[] before = Tree.Of(bench.Folder.Path);
        (int exit, string output) = bench.Sign(line);
        Assert.True(exit == 2, output);
        Assert.Equal(before, Tree.Of(bench.Folder.Path));
    }

    private static string[] Given(string option) => option switch
    {
        // Nobody signs by a key and without one.
        "--keyless" => [option],
        "--yes" or "--sign-in-by-code" => ["--key", "missing.pem", option],
        "--rekor-version" => ["--key", "missing.pem", option, "2"],
        "--signature-encoding" => ["--key", "missing.pem", option, "raw"],
        _ => ["--key", "missing.pem", option, "x"],
    };
}
