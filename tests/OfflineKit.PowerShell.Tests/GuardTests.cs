using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using OfflineKit.Testing;
using Xunit;
using static OfflineKit.PowerShell.Tests.Invocation;

namespace OfflineKit.PowerShell.Tests;

/// <summary>Ways in which a call says less, or something else, than its author meant: each of them is refused, none throws past the guard.</summary>
public sealed class GuardTests : IDisposable
{
    private static readonly string Good = Repository.Path("tests", "vectors", "minisign", "prehashed", "a.txt"), Key = Repository.Path("tests", "vectors", "minisign", "_keys", "alice.pub");
    private readonly RealEngine _engine = RealEngine.Use();

    public void Dispose() => _engine.Dispose();

    public static TheoryData<string, object?> Empties => new()
    {
        { "PublicKey", null }, { "TrustRoot", null }, { "TrustRoot", Array.Empty<string>() }, { "KeyId", null }, { "KeyId", Array.Empty<string>() },
        { "KeyId", new string?[] { "alice.pub", null } }, { "CertificateIdentity", null }, { "CertificateIdentity", "" }, { "CertificateOidcIssuer", null }, { "At", null },
        { "SignaturePath", null }, { "Algorithm", "" },
    };

    [Theory]
    [MemberData(nameof(Empties))]
    public void A_parameter_that_was_given_but_is_empty_refuses_every_file(string name, object? value)
    {
        TestPolicySignatureCommand command = new() { Path = Paths(Good), PublicKey = [Key] };
        command.MyInvocation.BoundParameters["Path"] = command.Path;
        command.MyInvocation.BoundParameters[name] = value!;
        Assert.Equal(false, Run(command).Written.Single());
        Assert.Equal("InvalidUsage", command.Errors.Single().FullyQualifiedErrorId);
        Assert.Contains("-" + name, command.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_is_named_where_a_pipeline_comes_refuses_every_file()
    {
        TestPolicySignatureCommand command = new() { InputObject = Good, PublicKey = [Key] };
        command.MyInvocation.ExpectingInput = true;
        Assert.Equal(false, Run(command).Written.Single());
        Assert.Contains("-InputObject", command.Errors[0].Exception.Message, StringComparison.Ordinal);
        TestPolicyTrustRootCommand root = new() { InputObject = "npm-registry", At = "2026-01-01" };
        root.MyInvocation.ExpectingInput = true;
        Assert.Equal(false, Run(root).Written.Single());
        Assert.Equal("InvalidUsage", root.Errors[0].FullyQualifiedErrorId);
    }

    [Fact]
    public void Content_is_never_the_signature_of_a_file()
    {
        Assert.Equal(true, Run(new TestPolicySignatureCommand { Path = Paths(Good, Good + ".minisig"), PublicKey = [Key] }).Written.Single());
        Assert.Equal(false, Run(new TestPolicySignatureCommand { Path = Paths(Good), PublicKey = [Key], Content = [1], SourceName = Good + ".minisig" }).Written.Single());
    }

    [Fact]
    public void A_signature_that_was_used_is_no_verified_content()
    {
        GetPolicyVerifiedContentCommand command = new() { Path = Paths(Good + ".minisig", Good), PublicKey = [Key] };
        Assert.Equal(File.ReadAllText(Good), Run(command).Written.Single());
    }

    [Fact]
    public void A_value_whose_text_throws_is_no_text()
    {
        Assert.Same(AnyText.None, AnyText.Of(System.Runtime.CompilerServices.FormattableStringFactory.Create("{5}")));
        Assert.Same(AnyText.None, AnyText.AllOf(new object[] { System.Runtime.CompilerServices.FormattableStringFactory.Create("{5}") }).Single());
    }

    [Fact]
    public void The_engine_knows_every_word_of_a_completer()
    {
        foreach (string word in new FormatCompleter().Words)
        {
            Assert.DoesNotContain(Run(new TestPolicySignatureCommand { Path = Paths(Good), PublicKey = [Key], Format = word }).Errors, error => error.FullyQualifiedErrorId == "InvalidUsage");
        }

        foreach (string word in new LayoutCompleter().Words)
        {
            Assert.DoesNotContain(Run(new TestPolicyBundleCommand { Path = Paths(_engine.Folder), PublicKey = [Key], Layout = word }).Errors, error => error.FullyQualifiedErrorId == "InvalidUsage");
        }
    }

    [Theory]
    [InlineData("Threshold", "two")]
    [InlineData("Threshold", "-1")]
    [InlineData("Threshold", "1.0")]
    [InlineData("MaxTrustAge", "0x10")]
    public void What_is_no_number_refuses(string name, string value)
    {
        TestPolicySignatureCommand command = new() { Path = Paths(Good), PublicKey = [Key] };
        typeof(TestPolicySignatureCommand).GetProperty(name)!.SetValue(command, value);
        Assert.Equal(false, Run(command).Written.Single());
        Assert.Equal("InvalidUsage", command.Errors.Single().FullyQualifiedErrorId);
    }

    [Fact]
    public void A_threshold_counts_distinct_keys()
    {
        Assert.Equal(true, Run(new TestPolicySignatureCommand { Path = Paths(Good), PublicKey = [Key, Key], Threshold = "1" }).Written.Single());
        Assert.Equal(false, Run(new TestPolicySignatureCommand { Path = Paths(Good), PublicKey = [Key, Key], Threshold = "2" }).Written.Single());
    }

    [Fact]
    public void A_bundle_and_a_root_refuse_an_empty_parameter_too()
    {
        TestPolicyBundleCommand bundle = new() { Path = Paths(_engine.Folder) };
        bundle.MyInvocation.BoundParameters["CertificateIdentity"] = null!;
        Assert.Equal(false, Run(bundle).Written.Single());
        Assert.Equal("InvalidUsage", bundle.Errors.Single().FullyQualifiedErrorId);
        TestPolicyTrustRootCommand root = new() { Name = ["*"] };
        root.MyInvocation.BoundParameters["At"] = null!;
        Assert.Equal(false, Run(root).Written.Single());
        Assert.Equal("InvalidUsage", root.Errors.Single().FullyQualifiedErrorId);
    }

    [Fact]
    public void What_changes_something_ends_at_an_empty_parameter()
    {
        ImportPolicyTrustRootCommand import = new() { Path = Key, Name = "alice", Force = true };
        import.MyInvocation.BoundParameters["ExpectedFingerprint"] = null!;
        Assert.Equal("InvalidUsage", Assert.Throws<PipelineEnded>(() => Run(import)).Record.FullyQualifiedErrorId);
        GetPolicyTrustRootCommand list = new();
        list.MyInvocation.BoundParameters["Name"] = null!;
        Assert.Equal("InvalidUsage", Assert.Throws<PipelineEnded>(() => Run(list)).Record.FullyQualifiedErrorId);
        Assert.Empty(Run(new GetPolicyTrustRootCommand { Source = "Imported" }).Written);
    }

    [Fact]
    public void A_pattern_that_is_also_a_file_name_is_not_another_file()
    {
        Copy("a1.txt");
        string odd = Path.Combine(_engine.Folder, "a[1].txt");
        Assert.Equal(true, Run(new TestPolicySignatureCommand { Path = Paths(Path.Combine(_engine.Folder, "a[1]*")), PublicKey = [Key] }).Written.Single() is bool);
        File.WriteAllText(odd, "nobody signed this");
        TestPolicySignatureCommand typed = Run(new TestPolicySignatureCommand { Path = Paths(odd), PublicKey = [Key] });
        Assert.Equal(false, typed.Written.Single());
        Assert.Contains("-LiteralPath", typed.Errors.Single().Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("env:HOME", "PathNotFileSystem")]
    [InlineData("/does/not/exist", "PathNotFound")]
    public void A_key_file_that_cannot_be_used_is_false_not_an_exception(string key, string errorId)
    {
        TestPolicySignatureCommand command = Run(new TestPolicySignatureCommand { Path = Paths(Good), PublicKey = [key] });
        Assert.Equal(false, command.Written.Single());
        Assert.Equal(errorId, command.Errors[0].FullyQualifiedErrorId);
    }

    [Fact]
    public void A_prompt_that_fails_is_no_path_fault()
    {
        ImportPolicyTrustRootCommand command = new() { Path = Key, Name = "alice", Prompting = _ => throw new PSInvalidOperationException("not interactive") };
        Assert.Throws<PSInvalidOperationException>(() => Run(command));
        Assert.Empty(command.Errors);
    }

    [Fact]
    public void A_bug_ends_the_script_and_not_only_the_statement()
    {
        Engine.EngineSource.Find = _ => throw new InvalidProgramException("a bug");
        ActionPreferenceStopException end = Assert.ThrowsAny<ActionPreferenceStopException>(() => Run(new TestPolicySignatureCommand { Path = Paths(Good), PublicKey = [Key] }));
        Assert.Equal("InternalError,OfflineKit.PowerShell.TestPolicySignatureCommand", end.ErrorRecord.FullyQualifiedErrorId);
    }

    [Fact]
    public void An_engine_that_is_replaced_during_the_session_is_found_out_by_its_content()
    {
        string module = Path.Combine(_engine.Folder, "module"), engine = Path.Combine(module, "bin", "linux-x64", "offlinekit");
        Directory.CreateDirectory(Path.GetDirectoryName(engine)!);
        File.WriteAllText(engine, "#!/bin/sh\nexit 1\n");
        File.WriteAllText(Path.Combine(module, "SHA256SUMS"), $"{Engine.EngineLocation.Sha256(engine)}  bin/linux-x64/offlinekit\n");
        Engine.EngineSource.Find = program => Engine.EngineLocation.Find(module, program, "linux-x64");
        Assert.Equal(engine, Engine.EngineSource.PathOf("offlinekit"));
        DateTime written = File.GetLastWriteTimeUtc(engine);
        File.WriteAllText(engine, "#!/bin/sh\nexit 2\n");
        File.SetLastWriteTimeUtc(engine, written);
        TestPolicySignatureCommand command = Run(new TestPolicySignatureCommand { Path = Paths(Good), PublicKey = [Key] });
        Assert.Equal(false, command.Written.Single());
        Assert.Equal("EngineTampered", command.Errors.Single().FullyQualifiedErrorId);
    }

    private string Copy(string name)
    {
        string path = Path.Combine(_engine.Folder, name);
        File.Copy(Good, path);
        File.Copy(Good + ".minisig", path + ".minisig");
        return path;
    }
}
