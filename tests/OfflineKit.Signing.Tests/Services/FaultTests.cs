using System.Collections.Concurrent;
using System.Text.Json;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>Every fault at every request of one signature, through the program itself: nothing is written, the exit code says so, and no secret shows anywhere.</summary>
public sealed class AwsProgramFaultTests : FaultTests
{
    protected override string Name => "aws";

    // There is no sign-in request: the keys sign each request.
    protected override string[] Stages => ["lookup", "sign"];
}

/// <inheritdoc cref="AwsProgramFaultTests"/>
public sealed class AzureProgramFaultTests : FaultTests
{
    protected override string Name => "azure";

    protected override string[] Stages => ["challenge", "token", "lookup", "sign"];
}

/// <inheritdoc cref="AwsProgramFaultTests"/>
public sealed class GoogleProgramFaultTests : FaultTests
{
    protected override string Name => "google";

    protected override string[] Stages => ["token", "lookup", "sign"];
}

/// <inheritdoc cref="AwsProgramFaultTests"/>
public sealed class VaultProgramFaultTests : FaultTests
{
    protected override string Name => "vault";

    protected override string[] Stages => ["lookup", "sign"];
}

/// <inheritdoc cref="AwsProgramFaultTests"/>
public sealed class OpenBaoProgramFaultTests : FaultTests
{
    protected override string Name => "openbao";

    protected override string[] Stages => ["lookup", "sign"];
}

/// <summary>The faults and what must be true after each.</summary>
public abstract class FaultTests
{
    private const string ServiceReason = "service.";

    /// <summary>The fault, the stages it can happen at (null: every one), the reason that is named, and the answer in place of the good one.</summary>
    private static readonly (string Name, string[]? Stages, string Reason, Func<Cloud, Cloud.Answers, Told?> Answer)[] Faults =
    [
        ("cut before the answer", null, ServiceReason, (_, told) => told.Good with { Cut = Cut.BeforeTheAnswer }),
        ("cut in the headers", null, ServiceReason, (_, told) => told.Good with { Cut = Cut.InTheHeaders }),
        ("cut in the body", null, ServiceReason, (_, told) => told.Good with { Cut = Cut.InTheBody }),
        ("429", null, ServiceReason, (_, _) => new Told(429, "{}", Headers: ("Retry-After", "0"))),
        ("500", null, ServiceReason, (_, _) => new Told(500, "oops", "text/plain")),
        ("truncated JSON", null, ServiceReason, (_, told) => told.Good with { Body = told.Good.Body[..(told.Good.Body.Length / 2)] }),
        ("a page of HTML", null, ServiceReason, (_, _) => new Told(200, "<html>Welcome to the hotel's network</html>", "text/html")),
        ("a redirection", null, ServiceReason, (_, _) => new Told(302, "", Headers: ("Location", "https://elsewhere.example/"))),
        ("a long answer", null, ServiceReason, (_, _) => new Told(400, $"{{\"error\":\"no\",\"message\":\"{new string('x', 70000)}\"}}")),
        ("an echo of what was sent", null, ServiceReason, (_, told) => Echo(told.Asked)),
        ("disabled", ["lookup", "sign"], "service.key-disabled", (cloud, _) => cloud.Disabled),
        ("another key's public half", ["lookup"], "sign.pin-mismatch", (_, told) => told.ByAnotherKey()),
        ("another key's signature", ["sign"], "sign.does-not-verify", (_, told) => told.ByAnotherKey()),
        ("another version", ["lookup", "sign"], "sign.wrong-answer", (_, told) => told.AsAnotherVersion()),
        ("an empty object", ["lookup", "sign"], "", (_, _) => new Told(200, "{}")),
    ];

    /// <summary>The service.</summary>
    protected abstract string Name { get; }

    /// <summary>The requests of one signature, in order.</summary>
    protected abstract string[] Stages { get; }

    [Fact]
    public async Task Nothing_is_written_and_the_exit_code_says_so()
    {
        ConcurrentQueue<string> wrong = new();
        var cases = Stages.SelectMany(stage => Faults.Where(fault => fault.Stages?.Contains(stage) ?? true).Select(fault => (stage, fault)));
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, (at, _) =>
        {
            using Cloud cloud = Cloud.Of(Name);
            int count = 0;
            cloud.Fault = (stage, answers) => stage == at.stage && at.fault.Answer(cloud, answers) is { } told ? Counted(told, ref count) : null;
            if (Happens(at.fault.Name, at.stage, cloud))
            {
                Sign(cloud, out Outcome outcome);
                (count > 0 ? Wrong(cloud, at.fault.Reason, at.stage, outcome) : ["the fault never happened"]).ForEach(text => wrong.Enqueue($"{at.stage}, {at.fault.Name}: {text}: {outcome.Output}"));
            }

            return ValueTask.CompletedTask;
        });
        Assert.True(wrong.IsEmpty, string.Join("\n", wrong));
    }

    [Fact]
    public void Without_a_fault_it_signs_and_openssl_agrees()
    {
        using Cloud cloud = Cloud.Of(Name);
        using Folder folder = Sign(cloud, out Outcome outcome, keep: true)!;
        Assert.True(outcome.Exit == 0, outcome.Output);
        Assert.DoesNotContain(cloud.Secrets, secret => outcome.Everything.Contains(secret, StringComparison.Ordinal));
        Peer.Must(folder.Path, "openssl", ["dgst", "-sha256", "-verify", "pin.pem", "-signature", "a.sig", "a"]);
        Assert.Contains("\"outcome\":\"signed\"", outcome.Everything, StringComparison.Ordinal);
        Assert.All(cloud.Server.Tunnels, tunnel => Assert.DoesNotContain("127.0.0.1", tunnel, StringComparison.Ordinal));
    }

    // Vault disables no keys and its keys are named without a version; a challenge is a header, whatever the body.
    private static bool Happens(string fault, string stage, Cloud cloud) => (fault, stage) switch
    {
        ("disabled", _) => cloud.Disabled is not null,
        ("another version", "lookup") => cloud.HasVersions,
        ("truncated JSON", "challenge") => false,
        _ => true,
    };

    // A proxy that quotes the request in every place where a service's own words are shown.
    private static Told Echo(Asked asked)
    {
        string all = JsonSerializer.Serialize($"{asked.Path} {string.Join(' ', asked.Headers.Select(header => header.Value))} {asked.Body}");
        return new Told(400, $"{{\"__type\":\"X\",\"message\":{all},\"errors\":[{all}],\"error_description\":{all},\"error\":{{\"code\":{all},\"status\":{all},\"message\":{all}}}}}");
    }

    private static Told Counted(Told told, ref int count)
    {
        Interlocked.Increment(ref count);
        return told;
    }

    // A refusal, with its reason, the service and a next step, in the log too; no signature, nothing left behind, no secret.
    private static List<string> Wrong(Cloud cloud, string reason, string stage, Outcome outcome)
    {
        List<string> wrong = [];
        void Unless(bool holds, string text)
        {
            if (!holds)
            {
                wrong.Add(text);
            }
        }

        Unless(outcome.Exit == 1, $"exit {outcome.Exit}");
        Unless(outcome.Names is ["a", "log", "pin.pem"], string.Join(' ', outcome.Names));
        Unless(outcome.Output.Contains("offlinekit-sign: error: ", StringComparison.Ordinal) && outcome.Output.Contains("offlinekit-sign: hint: ", StringComparison.Ordinal), "no error or no hint");
        Unless(outcome.Output.Contains($"[{reason}", StringComparison.Ordinal), $"not [{reason}");
        Unless(stage == "token" || outcome.Error.Contains(cloud.Service, StringComparison.Ordinal) || outcome.Error.Contains(cloud.Key, StringComparison.Ordinal) || outcome.Error.Contains(cloud.Key.Split("//")[1].TrimStart('/'), StringComparison.Ordinal), "neither service nor key is named");
        Unless(outcome.Everything.Contains("\"outcome\":\"refused\"", StringComparison.Ordinal), "not in the audit log");
        Unless(!outcome.Everything.Contains("hello", StringComparison.Ordinal), "the file's content shows");
        cloud.Secrets.ToList().ForEach(secret => Unless(!outcome.Everything.Contains(secret, StringComparison.Ordinal), "a secret shows"));
        return wrong;
    }

    private static Folder? Sign(Cloud cloud, out Outcome outcome, bool keep = false)
    {
        Folder folder = new();
        (int exit, string output) = cloud.Sign(folder);
        outcome = new Outcome(exit, output, folder.Names, output + (File.Exists(folder["log"]) ? File.ReadAllText(folder["log"]) : ""));
        if (keep)
        {
            return folder;
        }

        folder.Dispose();
        return null;
    }

    private sealed record Outcome(int Exit, string Output, string[] Names, string Everything)
    {
        public string Error => Output.Split('\n').FirstOrDefault(line => line.StartsWith("offlinekit-sign: error: ", StringComparison.Ordinal)) ?? "";
    }
}
