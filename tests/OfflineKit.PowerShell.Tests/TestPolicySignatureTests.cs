using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Xunit;
using static OfflineKit.PowerShell.Tests.Invocation;

namespace OfflineKit.PowerShell.Tests;

/// <summary>Every trap in which an admin's guard could let a bad file through: always exactly one Boolean, and false.</summary>
public sealed class TestPolicySignatureTests : IDisposable
{
    private const string Valid = """{"id":"ID","status":"valid","path":"PATH","report":{"version":1,"trusted":true,"format":"minisign","artifact":{"digests":["sha256:00"]},"evidence":[{"kind":"signed-by-key","signer":"release","fingerprint":"ab"}],"findings":[],"checks":[]}}""";
    private const string Invalid = """{"id":"ID","status":"invalid","report":{"version":1,"trusted":false,"format":"minisign","findings":[{"reason":"signature.mismatch","detail":"does not verify","nextStep":"stop"}]}}""";
    private readonly string _file = Path.GetTempFileName(), _other = Path.GetTempFileName();

    public void Dispose()
    {
        File.Delete(_file);
        File.Delete(_other);
    }

    [Fact]
    public void A_valid_file_is_one_true()
    {
        using FakeEngine engine = FakeEngine.Answering(Valid);
        TestPolicySignatureCommand command = Run(_file);
        Assert.Equal(true, Assert.Single(command.Written));
        Assert.Empty(command.Errors);
    }

    [Fact]
    public void Two_valid_files_are_still_one_true()
    {
        using FakeEngine engine = FakeEngine.Answering(Valid);
        Assert.Equal(true, Assert.Single(Run(_file, _file).Written));
    }

    [Fact]
    public void An_invalid_file_is_one_false_and_an_error_with_its_id()
    {
        using FakeEngine engine = FakeEngine.Answering(Invalid);
        TestPolicySignatureCommand command = Run(_file);
        Assert.Equal(false, Assert.Single(command.Written));
        ErrorRecord error = Assert.Single(command.Errors);
        Assert.Equal("SignatureMismatch", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.SecurityError, error.Category);
        Assert.IsType<PolicySignatureResult>(error.TargetObject);
    }

    [Theory]
    [InlineData(null, "PathNullOrEmpty")]
    [InlineData("", "PathNullOrEmpty")]
    [InlineData("/does/not/exist", "PathNotFound")]
    [InlineData("/does/not/*", "PathNotFound")]
    [InlineData("env:HOME", "PathNotFileSystem")]
    [InlineData("/", "PathNotFound")]
    public void A_path_that_is_no_file_is_false_not_an_exception(string? path, string errorId)
    {
        using FakeEngine engine = FakeEngine.Answering(Valid);
        TestPolicySignatureCommand command = Run(path);
        Assert.Equal(false, Assert.Single(command.Written));
        Assert.Equal(errorId, Assert.Single(command.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void A_good_file_beside_a_missing_one_is_false()
    {
        using FakeEngine engine = FakeEngine.Answering(Valid);
        Assert.Equal(false, Assert.Single(Run(_file, "/does/not/exist").Written));
    }

    [Fact]
    public void All_of_nothing_is_false()
    {
        using FakeEngine engine = FakeEngine.Answering(Valid);
        TestPolicySignatureCommand command = Pipe(new TestPolicySignatureCommand());
        Assert.Equal(false, Assert.Single(command.Written));
        Assert.Equal("NothingVerified", Assert.Single(command.Errors).FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("exit 0\n", "EngineFailure")]
    [InlineData("read -r a; exit 3\n", "EngineFailure")]
    [InlineData("read -r a; echo 'not json'\n", "EngineProtocol")]
    [InlineData("read -r a; echo '{\"id\":\"99\",\"status\":\"valid\"}'\n", "EngineProtocol")]
    [InlineData("read -r a; echo '{\"id\":\"1\",\"id\":\"1\",\"status\":\"valid\"}'\n", "EngineProtocol")]
    [InlineData("sleep 60\n", "EngineFailure")]
    public void An_engine_that_dies_hangs_or_lies_is_false(string body, string errorId)
    {
        using FakeEngine engine = FakeEngine.Saying(body);
        Engine.EngineSource.Timeout = TimeSpan.FromMilliseconds(700);
        TestPolicySignatureCommand command = Run(_file);
        Assert.Equal(false, Assert.Single(command.Written));
        Assert.Equal(errorId, Assert.Single(command.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void An_engine_that_answers_twice_is_false()
    {
        string twice = Valid.Replace("ID", "1", StringComparison.Ordinal).Replace("PATH", _file, StringComparison.Ordinal);
        using FakeEngine engine = FakeEngine.Saying($"read -r a; echo '{twice}'; echo '{twice}'; read -r a; exit 0\n");
        TestPolicySignatureCommand command = Run(_file);
        Assert.Equal(false, Assert.Single(command.Written));
        Assert.Equal("EngineProtocol", Assert.Single(command.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void An_engine_that_ends_badly_after_good_answers_is_false()
    {
        string valid = Valid.Replace("ID", "1", StringComparison.Ordinal).Replace("PATH", _file, StringComparison.Ordinal);
        using FakeEngine engine = FakeEngine.Saying($"read -r a; echo '{valid}'; read -r a; echo '{{\"bye\":true}}'; exit 9\n");
        Assert.Equal(false, Assert.Single(Run(_file).Written));
    }

    [Theory]
    [InlineData("""{"id":"ID","status":"valid","report":{"version":1,"trusted":true}}""")]
    [InlineData("""{"id":"ID","status":"valid","path":"/another","report":{"version":1,"trusted":true}}""")]
    [InlineData("""{"id":"ID","status":"VALID","path":"PATH","report":{"version":1,"trusted":true}}""")]
    [InlineData("""{"id":"ID","status":"valid","path":"PATH","report":{"version":1,"trusted":false}}""")]
    [InlineData("""{"id":"ID","status":"valid","path":"PATH","report":{"version":2,"trusted":true}}""")]
    [InlineData("""{"id":"ID","status":"valid"}""")]
    [InlineData("""{"id":"ID"}""")]
    [InlineData("""{"id":"ID","status":true}""")]
    public void Only_the_exact_word_valid_with_a_trusted_report_is_true(string answer)
    {
        using FakeEngine engine = FakeEngine.Answering(answer);
        TestPolicySignatureCommand command = Run(_file);
        Assert.Equal(false, Assert.Single(command.Written));
        Assert.NotEmpty(command.Errors);
    }

    [Fact]
    public void A_wrong_protocol_version_is_false()
    {
        using FakeEngine engine = FakeEngine.Raw("echo '{\"hello\":\"offlinekit\",\"protocol\":2}'; sleep 5\n");
        TestPolicySignatureCommand command = Run(_file);
        Assert.Equal(false, Assert.Single(command.Written));
        Assert.Equal("EngineProtocol", Assert.Single(command.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void Quiet_shows_no_errors_and_writes_them_all_the_same()
    {
        using FakeEngine engine = FakeEngine.Answering(Invalid);
        TestPolicySignatureCommand command = Invocation.Run(new TestPolicySignatureCommand { Quiet = true, Path = Paths(_file) });
        Assert.Equal(false, Assert.Single(command.Written));
        Assert.Empty(command.Errors);
        Assert.Single(command.Silent);
    }

    [Fact]
    public void Get_writes_results_and_no_Boolean()
    {
        using FakeEngine engine = FakeEngine.Answering(Invalid);
        GetPolicySignatureCommand command = Invocation.Run(new GetPolicySignatureCommand { Path = Paths(_file) });
        PolicySignatureResult result = Assert.IsType<PolicySignatureResult>(Assert.Single(command.Written));
        Assert.False(result.IsValid);
        Assert.Equal((PolicySignatureStatus.Invalid, "signature.mismatch"), (result.Status, result.ReasonCode));
        Assert.Empty(command.Errors);
        Assert.Single(command.Silent);
    }

    [Fact]
    public void A_thousand_files_are_answered_in_one_engine()
    {
        using FakeEngine engine = FakeEngine.Answering(Valid);
        TestPolicySignatureCommand command = Run([.. Enumerable.Repeat(_file, 200)]);
        Assert.Equal(true, Assert.Single(command.Written));
    }

    [Fact]
    public void Stopping_ends_a_hung_engine()
    {
        using FakeEngine engine = FakeEngine.Saying("sleep 60\n");
        using TestPolicySignatureCommand command = new() { Path = Paths(_file) };
        Bind(command);
        command.Begin();
        command.Process();
        command.Stop();
        command.End();
        Assert.Equal(false, Assert.Single(command.Written));
    }

    [Theory]
    [InlineData("cat /dev/zero\n")]
    [InlineData("yes x\n")]
    [InlineData("cat /dev/zero >&2\n")]
    public void An_engine_that_talks_for_ever_is_false_and_exhausts_nothing(string body)
    {
        using FakeEngine engine = FakeEngine.Saying("exec " + body);
        Engine.EngineSource.Timeout = TimeSpan.FromSeconds(3);
        Assert.Equal(false, Assert.Single(Run(_file).Written));
        Assert.True(Environment.WorkingSet < 3_000_000_000);
    }

    [Fact]
    public void An_engine_that_takes_no_request_is_false()
    {
        using FakeEngine engine = FakeEngine.Saying("exec sleep 60\n");
        Engine.EngineSource.Timeout = TimeSpan.FromMilliseconds(700);
        TestPolicySignatureCommand command = Invocation.Run(new TestPolicySignatureCommand { Content = new byte[4_000_000] });
        Assert.Equal(false, Assert.Single(command.Written));
        Assert.Equal("EngineFailure", Assert.Single(command.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void There_is_a_result_for_every_path_that_a_dead_engine_left_open()
    {
        using FakeEngine engine = FakeEngine.Saying("read -r a; exit 3\n");
        FileInfo file = new(_file);
        foreach (VerifyingCmdlet command in (VerifyingCmdlet[])[Pipe(new GetPolicySignatureCommand { Path = Paths(_file, "/none") }, file, file), Pipe(new GetPolicyBundleCommand { Path = Paths(_file, "/none") }, file, file)])
        {
            PolicyResult[] results = [.. command.Written.Cast<PolicyResult>()];
            Assert.Equal([_file, "/none", _file, _file], results.Select(result => result.FullName));
            Assert.All(results, result => Assert.Equal(PolicySignatureStatus.Error, result.Status));
        }
    }

    [Fact]
    public void Results_come_in_the_order_of_asking_whatever_the_order_of_the_answers()
    {
        string Answer(int id) => Valid.Replace("ID", $"{id}", StringComparison.Ordinal).Replace("PATH", id == 2 ? _other : _file, StringComparison.Ordinal);
        using FakeEngine engine = FakeEngine.Saying($"read -r a; read -r a; read -r a; echo '{Answer(3)}'; echo '{Answer(2)}'; echo '{Answer(1)}'; read -r a; echo '{{\"bye\":true}}'\n");
        GetPolicySignatureCommand command = Invocation.Run(new GetPolicySignatureCommand { Path = Paths(_file, _other, _file) });
        Assert.Equal([_file, _other, _file], command.Written.Cast<PolicyResult>().Select(result => result.FullName));
        Assert.All(command.Written.Cast<PolicyResult>(), result => Assert.True(result.IsValid));
    }

    private static TestPolicySignatureCommand Run(params string?[] paths) => Invocation.Run(new TestPolicySignatureCommand { Path = Paths(paths) });
}
