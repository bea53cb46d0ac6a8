using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Xml.Linq;
using OfflineKit.Testing;
using Xunit;
using static OfflineKit.PowerShell.Tests.Invocation;

namespace OfflineKit.PowerShell.Tests;

/// <summary>The cmdlets over the real engines.</summary>
public sealed class CmdletTests : IDisposable
{
    private static readonly string Good = Repository.Path("tests", "vectors", "minisign", "prehashed", "a.txt"), Key = Repository.Path("tests", "vectors", "minisign", "_keys", "alice.pub");
    private readonly RealEngine _engine = RealEngine.Use();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void The_real_engine_says_true_for_a_good_file_and_false_for_a_changed_one()
    {
        Assert.Equal(true, Test(Good));
        string bad = Copy("bad.txt");
        File.AppendAllText(bad, "x");
        Assert.Equal(false, Test(bad));
    }

    [Fact]
    public void Names_with_quotes_blanks_and_other_scripts_arrive_whole()
    {
        Assert.Equal(true, Test(Copy("a [1] 'b' \"c\" $d é 漢.txt")));
    }

    [Fact]
    public void Content_in_memory_is_what_is_verified()
    {
        TestPolicySignatureCommand Test(byte[]? content)
        {
            TestPolicySignatureCommand command = new() { Content = content, SourceName = "memory", SignaturePath = Good + ".minisig", PublicKey = [Key] };
            command.MyInvocation.BoundParameters["Content"] = content!;
            return Run(command);
        }

        Assert.Equal(true, Test(File.ReadAllBytes(Good)).Written.Single());
        Assert.Equal(false, Test([1]).Written.Single());
        Assert.Equal(false, Test(null).Written.Single());
    }

    [Fact]
    public void Get_PolicySignatureInfo_shows_claims_and_says_that_nothing_was_checked()
    {
        PolicySignatureInfo info = Assert.IsType<PolicySignatureInfo>(Assert.Single(Run(new GetPolicySignatureInfoCommand { Path = Paths(Good) }).Written));
        Assert.Equal((PolicyVerification.NotChecked, "minisign", Good + ".minisig"), (info.Verified, info.Format, info.SignaturePath));
        Assert.NotEmpty(info.Claims);
    }

    [Fact]
    public void Assert_passes_files_on_only_after_all_passed()
    {
        AssertPolicySignatureCommand command = new() { Path = Paths(Good, Good), PublicKey = [Key], PassThru = true };
        Bind(command);
        command.Begin();
        command.Process();
        Assert.Empty(command.Written);
        command.End();
        Assert.Equal(2, command.Written.Count);
        command.Dispose();
        string bad = Copy("bad.txt");
        File.AppendAllText(bad, "x");
        AssertPolicySignatureCommand refused = new() { Path = Paths(Good, bad), PublicKey = [Key], PassThru = true };
        RuntimeException end = Assert.ThrowsAny<ActionPreferenceStopException>(() => Run(refused));
        Assert.Equal("SignatureMismatch,OfflineKit.PowerShell.AssertPolicySignatureCommand", end.ErrorRecord.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.SecurityError, end.ErrorRecord.Category);
        Assert.Empty(refused.Written);
    }

    [Fact]
    public void A_key_is_imported_listed_tested_exported_and_removed()
    {
        string fingerprint = Import("alice", expected: null, force: true);
        Assert.Contains(Run(new GetPolicyTrustRootCommand { Source = "Imported" }).Written, root => ((PolicyTrustRoot)root!).Name == "alice");
        Assert.Equal(true, Run(new TestPolicySignatureCommand { Path = Paths(Good) }).Written.Single());
        Assert.Equal(true, Run(new TestPolicyTrustRootCommand { Name = ["ali*"] }).Written.Single());
        string pem = Path.Combine(_engine.Folder, "alice.pem");
        Assert.IsType<FileInfo>(Run(new ExportPolicyTrustRootCommand { Name = "alice", Path = pem }).Written.Single());
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", File.ReadAllText(pem), StringComparison.Ordinal);
        Assert.Equal("FileExists", Run(new ExportPolicyTrustRootCommand { Name = "alice", Path = pem }).Errors.Single().FullyQualifiedErrorId);
        Assert.Empty(Run(new ExportPolicyTrustRootCommand { Name = "alice", Path = pem, As = "Minisign", Force = true }).Errors);
        Assert.Equal(File.ReadAllBytes(Key), File.ReadAllBytes(pem));
        Assert.Equal(fingerprint, ((PolicyTrustRoot)Run(new GetPolicyTrustRootCommand { Name = ["alice"] }).Written.Single()!).Fingerprint);
        Run(new RemovePolicyTrustRootCommand { Name = ["alice"] });
        Assert.Empty(Run(new GetPolicyTrustRootCommand { Name = ["alice"] }).Written);
        Assert.Equal(false, Run(new TestPolicyTrustRootCommand { Name = ["alice"] }).Written.Single());
    }

    [Fact]
    public void An_import_needs_the_fingerprint_or_a_yes()
    {
        ImportPolicyTrustRootCommand declined = Run(new ImportPolicyTrustRootCommand { Path = Key, Name = "alice", Agrees = false });
        Assert.Empty(declined.Written);
        Assert.Equal("UntrustedKey", Run(new ImportPolicyTrustRootCommand { Path = Key, Name = "alice", ExpectedFingerprint = new string('0', 64) }).Errors.Single().FullyQualifiedErrorId);
        Assert.Empty(Run(new GetPolicyTrustRootCommand { Source = "Imported" }).Written);
        ImportPolicyTrustRootCommand asked = Run(new ImportPolicyTrustRootCommand { Path = Key, Name = "alice" });
        Assert.Equal(2, asked.Asked.Count);
        string fingerprint = ((PolicyTrustRoot)asked.Written.Single()!).Fingerprint;
        Assert.Equal(fingerprint, Import("again", "SHA256:" + fingerprint.ToUpperInvariant(), force: false));
    }

    [Fact]
    public void Bundled_roots_refuse_to_be_removed()
    {
        PolicyTrustRoot bundled = (PolicyTrustRoot)Run(new GetPolicyTrustRootCommand { Source = "Bundled" }).Written[0]!;
        ErrorRecord error = Run(new RemovePolicyTrustRootCommand { Name = [bundled.Name] }).Errors.Single();
        Assert.Equal(("TrustRootReadOnly", ErrorCategory.InvalidOperation), (error.FullyQualifiedErrorId, error.Category));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no-such-root")]
    public void A_trust_root_that_is_none_is_false(string? name)
    {
        Assert.Equal(false, Run(new TestPolicyTrustRootCommand { Name = [name] }).Written.Single());
        Assert.Equal(false, Run(new TestPolicyTrustRootCommand { Name = null, Quiet = true }).Written.Single());
    }

    [Fact]
    public void A_bundle_that_is_none_is_false()
    {
        foreach (string? path in (string?[])[null, "", "/does/not/exist", _engine.Folder, Good])
        {
            TestPolicyBundleCommand command = Run(new TestPolicyBundleCommand { Path = Paths(path), PublicKey = [Key] });
            Assert.Equal(false, command.Written.Single());
            Assert.Single(command.Errors);
        }

        Assert.Equal(false, Run(new TestPolicyBundleCommand { Path = Paths(Good), Quiet = true }).Written.Single());
    }

    [Theory]
    [InlineData("checksums-bsd", "", 0)]
    [InlineData("checksums-changed", "DigestMismatch", 0)]
    [InlineData("checksums-extra", "NotSigned", 1)]
    public void A_bundle_is_one_Boolean_and_its_details_say_what_is_wrong(string scenario, string reason, int unexpected)
    {
        bool valid = reason.Length == 0;
        string export = Repository.Path("tests", "vectors", "exports", scenario, "e"), key = Repository.Path("tests", "vectors", "exports", "_keys", "alice.minisign.pub");
        Assert.Equal(valid, Run(new TestPolicyBundleCommand { Path = Paths(export), PublicKey = [key], Quiet = true }).Written.Single());
        PolicyBundleResult result = (PolicyBundleResult)Run(new GetPolicyBundleCommand { Path = Paths(export), PublicKey = [key] }).Written.Single()!;
        Assert.Equal((valid, unexpected, reason), (result.IsValid, result.Unexpected.Length, result.Reason));
    }

    [Theory]
    [InlineData("Json")]
    [InlineData("Csv")]
    [InlineData("JUnit")]
    [InlineData("Html")]
    [InlineData("Text")]
    public void A_report_is_written_in_every_form_and_escapes_names(string form)
    {
        string hostile = Copy("=cmd <script> \u001b[31m.txt");
        File.AppendAllText(hostile, "x");
        PSObject[] results = [.. Run(new GetPolicySignatureCommand { Path = Paths(Good), LiteralPath = Paths(hostile), PublicKey = [Key] }).Written.Select(result => new PSObject(result!))];
        string path = Path.Combine(_engine.Folder, "report");
        ExportPolicyVerificationReportCommand command = Run(new ExportPolicyVerificationReportCommand { InputObject = results, Path = path, As = form, PassThru = true });
        Assert.IsType<FileInfo>(Assert.Single(command.Written));
        string text = File.ReadAllText(path);
        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
        switch (form)
        {
            case "Json":
                Assert.False(System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("trusted").GetBoolean());
                break;
            case "JUnit":
                Assert.Equal("1", XDocument.Parse(text).Root!.Attribute("failures")!.Value);
                break;
            case "Html":
                Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
                break;
            case "Csv":
                Assert.Equal(3, text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
                break;
            default:
                Assert.Contains("2 artefact(s), 1 not trusted", text, StringComparison.Ordinal);
                break;
        }

        Assert.Equal("FileExists", Run(new ExportPolicyVerificationReportCommand { InputObject = results, Path = path, As = form, NoClobber = true }).Errors.Single().FullyQualifiedErrorId);
    }

    [Fact]
    public void A_report_on_nothing_is_not_written()
    {
        string path = Path.Combine(_engine.Folder, "report");
        Assert.Equal("NothingVerified", Run(new ExportPolicyVerificationReportCommand { Path = path }).Errors.Single().FullyQualifiedErrorId);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void WhatIf_writes_nothing_anywhere()
    {
        string path = Path.Combine(_engine.Folder, "nothing");
        Run(new NewPolicySigningKeyCommand { ParameterSetName = "NoPassphrase", Path = path, NoPassphrase = true, Agrees = false });
        Run(new ExportPolicyTrustRootCommand { Name = ((PolicyTrustRoot)Run(new GetPolicyTrustRootCommand()).Written[0]!).Name, Path = path, As = "Json", Agrees = false });
        Run(new ImportPolicyTrustRootCommand { Path = Key, Name = "alice", Force = true, Agrees = false });
        Run(new NewPolicySignatureCommand { ParameterSetName = "PathKeyId", Path = [Copy("unsigned")], KeyId = "/no/key", Agrees = false });
        Assert.False(File.Exists(path));
        Assert.Empty(Run(new GetPolicyTrustRootCommand { Source = "Imported" }).Written);
    }

    [Fact]
    public void A_key_is_made_used_and_exported_and_its_signature_verifies()
    {
        string secret = Path.Combine(_engine.Folder, "release.key"), file = Path.Combine(_engine.Folder, "app"), shown = Path.Combine(_engine.Folder, "shown.pub");
        File.WriteAllText(file, "content");
        SecureString passphrase = Secret("a pass phrase with \" and é");
        NewPolicySigningKeyCommand made = Run(new NewPolicySigningKeyCommand { ParameterSetName = "Passphrase", Path = secret, Passphrase = passphrase });
        PolicySigningKey key = Assert.IsType<PolicySigningKey>(Assert.Single(made.Written));
        Assert.Equal("FileExists", Run(new NewPolicySigningKeyCommand { ParameterSetName = "Passphrase", Path = secret, Passphrase = passphrase }).Errors.Single().FullyQualifiedErrorId);
        Assert.Equal("SigningRefused", Run(new GetPolicySigningKeyCommand { ParameterSetName = "File", Path = secret, Passphrase = Secret("wrong") }).Errors.Single().FullyQualifiedErrorId);
        PolicySigningKey found = Assert.IsType<PolicySigningKey>(Assert.Single(Run(new GetPolicySigningKeyCommand { ParameterSetName = "File", Path = secret, Passphrase = passphrase }).Written));
        Assert.Equal(key.Fingerprint, found.Fingerprint);
        NewPolicySignatureCommand signed = Run(new NewPolicySignatureCommand { ParameterSetName = "PathKey", Path = [file], Key = found, Passphrase = passphrase, Comment = "release 1", PassThru = true });
        Assert.Equal(file + ".minisig", Assert.IsType<FileInfo>(Assert.Single(signed.Written)).FullName);
        Assert.Equal("FileExists", Run(new NewPolicySignatureCommand { ParameterSetName = "PathKey", Path = [file], Key = found, Passphrase = passphrase }).Errors.Single().FullyQualifiedErrorId);
        Assert.Equal(true, Run(new TestPolicySignatureCommand { Path = Paths(file), PublicKey = [Path.Combine(_engine.Folder, "release.pub")] }).Written.Single());
        Run(new ExportPolicyPublicKeyCommand { ParameterSetName = "Key", Key = found, Passphrase = passphrase, As = "Minisign", OutputPath = shown });
        Assert.Equal(true, Run(new TestPolicySignatureCommand { Path = Paths(file), PublicKey = [shown] }).Written.Single());
        Assert.Contains("OKP", (string)Run(new ExportPolicyPublicKeyCommand { ParameterSetName = "Key", Key = found, Passphrase = passphrase, As = "Jwk" }).Written.Single()!, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_signed_when_one_file_is_missing()
    {
        string secret = Path.Combine(_engine.Folder, "release.key"), file = Path.Combine(_engine.Folder, "app");
        File.WriteAllText(file, "content");
        Run(new NewPolicySigningKeyCommand { ParameterSetName = "NoPassphrase", Path = secret, NoPassphrase = true });
        NewPolicySignatureCommand command = Run(new NewPolicySignatureCommand { ParameterSetName = "PathKeyId", Path = [file, "/does/not/exist"], KeyId = secret });
        Assert.Contains(command.Errors, error => error.FullyQualifiedErrorId == "PathNotFound");
        Assert.False(File.Exists(file + ".minisig"));
    }

    [Fact]
    public void Get_OfflineKitInfo_shows_the_engine()
    {
        GetOfflineKitInfoCommand command = new();
        command.Process();
        OfflineKitInfo info = Assert.IsType<OfflineKitInfo>(Assert.Single(command.Written));
        Assert.Equal(("1", "Offline", 64), (info.Protocol, info.Mode, info.EngineSha256.Length));
    }

    [Fact]
    public void Names_of_trust_roots_are_completed()
    {
        Import("alice", expected: null, force: true);
        foreach (string typed in (string[])["ali", "'ali", "\"ali"])
        {
            Assert.Equal(["alice"], new TrustRootCompleter().CompleteArgument("", "TrustRoot", typed, null!, null!).Select(result => result.CompletionText));
        }

        Assert.Contains("PublicKey", new TrustRootCompleter().CompleteArgument("", "Kind", "pub", null!, null!).Select(result => result.CompletionText));
        Assert.Equal(["export-center", "export-kit"], new LayoutCompleter().CompleteArgument("", "Layout", "export", null!, null!).Select(result => result.CompletionText));
    }


    private static SecureString Secret(string text)
    {
        SecureString secret = new();
        text.ToList().ForEach(secret.AppendChar);
        return secret;
    }

    private static string Import(string name, string? expected, bool force) =>
        ((PolicyTrustRoot)Run(new ImportPolicyTrustRootCommand { Path = Key, Name = name, ExpectedFingerprint = expected, Force = force }).Written.Single()!).Fingerprint;

    private static object? Test(string path) =>
        Run(new TestPolicySignatureCommand { LiteralPath = Paths(path), PublicKey = [Key] }).Written.Single();

    private string Copy(string name)
    {
        string path = Path.Combine(_engine.Folder, name);
        File.Copy(Good, path);
        File.Copy(Good + ".minisig", path + ".minisig");
        return path;
    }
}
