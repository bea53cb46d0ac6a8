using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using OfflineKit.PowerShell.Engine;
using Xunit;

namespace OfflineKit.PowerShell.Tests;

/// <summary>What the cmdlets ask the signing engine for when a signing service shall sign: the members of docs/spec/serve.md, with full paths.</summary>
public sealed class RemoteCmdletTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-remote-").FullName;

    private string Log => Path.Combine(_folder, "asked");

    public void Dispose()
    {
        EngineSource.Find = EngineLocation.Find;
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_statement_is_asked_for_about_all_files_at_once()
    {
        string first = Write("a.tar"), second = Write("b.tar");
        using FakeEngine engine = Answering("""{"id":"1","status":"signed","service":"signer.example","signaturePath":"/there/a.tar.intoto.json"}""");
        RequestPolicySignatureCommand command = Invocation.Run(Client(new RequestPolicySignatureCommand { Path = [first, second], PredicateType = "t", Predicate = "p.json", Scanner = "sha256:00", TokenUrl = "https://authority/token", ClientId = "ci", KeyId = "k.pem", Force = true }));
        Assert.Equal("/there/a.tar.intoto.json", Assert.IsType<FileInfo>(Assert.Single(command.Written)).FullName);
        JsonElement asked = Asked();
        Assert.Equal("remote-sign", asked.GetProperty("verb").GetString());
        Assert.Equal([first, second], asked.GetProperty("paths").EnumerateArray().Select(path => path.GetString()));
        Assert.Equal(
            ["id", "verb", "service", "poe", "publicKey", "tokenUrl", "clientId", "key", "paths", "predicateType", "predicate", "scanner", "force"],
            asked.EnumerateObject().Select(member => member.Name));
        Assert.All((string[])["poe", "key", "predicate"], member => Assert.True(Path.IsPathFullyQualified(asked.GetProperty(member).GetString()!)));
        Assert.Equal(2, asked.GetProperty("publicKey").GetArrayLength());
    }

    [Fact]
    public void The_provenance_of_an_export_is_asked_for()
    {
        string manifest = Write("export.json");
        using FakeEngine engine = Answering("""{"id":"1","status":"signed","service":"signer.example","signaturePath":"/there/provenance.json"}""");
        RequestPolicyProvenanceCommand command = Invocation.Run(Client(new RequestPolicyProvenanceCommand
        {
            Manifest = manifest, Archive = "e.tar", ExportId = "exp-1", Tool = "x=1", Material = ["u=sha256:00"], Token = "t", ClientCertificate = "c.pem", ClientCertificateKey = "c.key", OutputPath = "out.json",
        }));
        _ = Assert.Single(command.Written);
        Assert.Equal(
            ["id", "verb", "service", "poe", "publicKey", "token", "clientCertificate", "clientCertificateKey", "manifest", "archive", "exportId", "tool", "materials", "output"],
            Asked().EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void A_refusal_is_an_error_and_nothing_comes_out()
    {
        using FakeEngine engine = Answering("""{"id":"1","status":"error","error":{"code":"remote.wrong-answer","message":"not by the pinned keys"}}""");
        RequestPolicySignatureCommand command = Invocation.Run(Client(new RequestPolicySignatureCommand { Path = [Write("a.tar")], PredicateType = "t", Predicate = "p.json", Token = "t", KeyId = "k.pem" }));
        Assert.Empty(command.Written);
        Assert.Equal("not by the pinned keys", Assert.Single(command.Errors).Exception.Message);
    }

    [Fact]
    public void Nothing_is_asked_when_a_file_is_missing_or_nobody_agrees()
    {
        using FakeEngine engine = Answering("{}");
        RequestPolicySignatureCommand missing = Invocation.Run(Client(new RequestPolicySignatureCommand { Path = [Write("a.tar"), Path.Combine(_folder, "none")], PredicateType = "t", Predicate = "p.json" }));
        RequestPolicySignatureCommand refused = Client(new RequestPolicySignatureCommand { Path = [Write("a.tar")], PredicateType = "t", Predicate = "p.json" });
        refused.Agrees = false;
        _ = Invocation.Run(refused);
        Assert.NotEmpty(missing.Errors);
        Assert.Empty(missing.Written.Concat(refused.Written));
        Assert.False(File.Exists(Log));
    }

    private static T Client<T>(T command) where T : RemoteCmdlet
    {
        (command.Service, command.Poe, command.PublicKey) = ("https://signer.example", "poe.jwt", ["a.pub", "b.pub"]);
        return command;
    }

    private FakeEngine Answering(string answer) => FakeEngine.Saying($"read -r line; printf '%s\\n' \"$line\" > '{Log}'; echo '{answer}'\nread -r line\n");

    private JsonElement Asked() => JsonDocument.Parse(File.ReadAllText(Log)).RootElement;

    private string Write(string name)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, name);
        return path;
    }
}
