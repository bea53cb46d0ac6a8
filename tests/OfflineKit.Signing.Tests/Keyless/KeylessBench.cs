using OfflineKit.Crypto;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Instances;
using OfflineKit.Signing.Keyless;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Tests.Services;
using OfflineKit.Tests.VirtualSigstore;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>Signs a file against a <see cref="SigstoreStub"/>, at its noon and without waiting, and keeps everything that was said.</summary>
internal sealed class KeylessBench(SigstoreStub stub) : IDisposable
{
    private readonly List<string> _said = [];

    public Folder Folder { get; } = new();

    public DateTimeOffset Now { get; init; } = VirtualSigstoreInstance.Noon;

    /// <summary>Versions of the logs that are asked, in their order.</summary>
    public int[] Logs { get; init; } = [1];

    /// <summary>How many of them must record the signature.</summary>
    public int LogsWanted { get; init; } = 1;

    /// <summary>How many authorities must stamp it.</summary>
    public int TimestampsWanted { get; init; } = 1;

    public bool IsStatement { get; init; }

    /// <summary>Signs instead of an identity.</summary>
    public ServiceKeyPair? Pair { get; init; }

    /// <summary>How the pair signs.</summary>
    public SignatureScheme? Scheme { get; init; }

    /// <summary>The name that the certificate must carry, if not the token's.</summary>
    public string? DemandedName { get; init; }

    public string AuditLog => Folder["audit"];

    /// <summary>Signs as the identity of the stub's token.</summary>
    public async Task<SigningReceipt> SignAsync() => (await SignAllAsync("out"))[0];

    /// <summary>Signs the file once for each output, all at the same time, as one run.</summary>
    public async Task<SigningReceipt[]> SignAllAsync(params string[] outputs)
    {
        SigstoreTrustedRoot root = SigstoreTrustedRootFile.Parse(stub.RootFile, "virtual root", "")[0];
        KeyOpening opening = new() { Clock = new NoonClock(Now), Variable = Value, OnRemark = _said.Add, OnRequest = request => _said.Add(request.ToString()) };
        KeylessSignIn signIn = new(IdentityTokenSource.FromEnvironment(opening, otherwise: null), new Uri(stub.Server.Url), root) { DemandedName = DemandedName, Announce = who => _said.Add(who.Name) };
        await using SigningKey key = Pair is null ? KeylessKey.Create(signIn, opening) : await OpenAsync(opening);
        using LogAndTimestampServices witnesses = new(Services(), root, opening);
        SigstoreBundleSignature format = new(IsStatement ? new DssePayload.About("https://example.com/p", Predicate: null) : null) { LogAndTimestampServices = witnesses };
        SigningSession session = new(key, pinned: null, format, Now, new AuditLog(AuditLog, "a test", opening.Clock, signer: null));
        return await Task.WhenAll(outputs.Select(output => Task.Run(() => session.SignAsync(
            new SigningOrder("a", new MemoryStream("hello\n"u8.ToArray()), OutputTarget.NewFile(Folder[output])), TestContext.Current.CancellationToken))));
    }

    /// <summary>Signing is refused with <paramref name="reason"/>; nothing is written but one line of the log, and no secret is anywhere.</summary>
    public async Task<string> RefusedAsync(string reason, string containing = "")
    {
        SigningException fault = await Assert.ThrowsAsync<SigningException>(() => SignAsync());
        Assert.True(fault.Finding.Reason.Code == reason && fault.Message.Contains(containing, StringComparison.Ordinal), $"{fault.Finding.Reason.Code}: {fault.Message}");
        Assert.Equal(["audit"], Folder.Names);
        string log = File.ReadAllText(AuditLog), everything = $"{fault.Message}\n{string.Join('\n', _said)}\n{log}";
        Assert.Contains($"\"outcome\":\"refused\",\"reason\":\"{reason}\"", log, StringComparison.Ordinal);
        Assert.All(stub.Token.Split('.').Append(SigstoreStub.Secret), part => Assert.DoesNotContain(part, everything, StringComparison.Ordinal));
        return fault.Message;
    }

    public void Dispose() => Folder.Dispose();

    private SigstoreInstance Services() => new()
    {
        Logs = [.. Logs.Select(version => new LogService(new Uri(stub.Server.Url + (version < 0 ? "/frozen" : "")), Math.Abs(version)))],
        LogsWanted = LogsWanted,
        TimestampAuthorities = [new Uri(stub.Server.Url + "/stamp")],
        TimestampsWanted = TimestampsWanted,
    };

    private async Task<SigningKey> OpenAsync(KeyOpening opening)
    {
        using Folder keys = new();
        return await KnownKeySources.OpenAsync(KeyUri.Parse(keys.Write("key.pem", Pair!.PrivatePem)), opening with { Scheme = new SchemeChoice(Scheme, SignatureScheme.RsaPkcs1Sha256) }, CancellationToken.None);
    }

    private string? Value(string name) => name switch
    {
        "ACTIONS_ID_TOKEN_REQUEST_URL" => stub.Server.Url + "/github?x=1",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN" => SigstoreStub.Secret,
        _ => null,
    };

    /// <summary>Stands still; whoever waits goes on at once.</summary>
    private sealed class NoonClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }
}
