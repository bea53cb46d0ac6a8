using System.Collections.Immutable;
using OfflineKit.Policy;
using OfflineKit.Signing.Rekor;
using OfflineKit.Signing.Services;
using OfflineKit.Signing.Timestamps;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Instances;

/// <summary>What logs and authorities said of a signature.</summary>
/// <param name="Entries">Elements of a bundle's <c>tlogEntries</c>: JSON.</param>
/// <param name="Timestamps">TimeStampResps: DER.</param>
internal sealed record Testimony(ImmutableArray<ReadOnlyMemory<byte>> Entries, ImmutableArray<ReadOnlyMemory<byte>> Timestamps)
{
    /// <summary>Nobody was asked.</summary>
    public static Testimony None { get; } = new([], []);
}

/// <summary>The logs and time-stamping authorities of one instance, asked about every signature of a run.</summary>
/// <remarks>Where any of several will do, the next one is asked when one is frozen, unreachable or broken; a refusal is final.</remarks>
internal sealed class LogAndTimestampServices : IDisposable
{
    private static readonly ImmutableArray<Reason> Passing = [RekorReasons.Frozen, ServiceReasons.Unreachable, ServiceReasons.Failed, ServiceReasons.Throttled];
    private readonly SigstoreInstance _instance;
    private readonly ImmutableArray<RekorLog> _logs;
    private readonly ImmutableArray<TimestampClient> _authorities;

    /// <summary>The witnesses of <paramref name="instance"/>; their answers must hold under <paramref name="root"/>.</summary>
    public LogAndTimestampServices(SigstoreInstance instance, SigstoreTrustedRoot root, KeyOpening opening)
    {
        (_instance, Root) = (instance, root);
        _logs = [.. instance.Logs.Select(log => RekorLog.At(log.Address, log.Version, opening))];
        _authorities = [.. instance.TimestampAuthorities.Select(address => new TimestampClient(address, root, opening))];
    }

    /// <summary>What their answers must hold under.</summary>
    public SigstoreTrustedRoot Root { get; }

    /// <summary>Exactly one timestamp and nothing else is asked for, as a detached signature has place for.</summary>
    public bool AreOneAuthority => _instance is { LogsWanted: 0, TimestampsWanted: 1 };

    /// <summary>A certificate's signature can be verified with what they say: by the root's profile a timestamp, or a log entry and a time.</summary>
    public bool SufficeForCertificates => Root.Profile == InstanceProfile.TimestampOnly
        ? _instance.TimestampsWanted > 0
        : _instance.LogsWanted > 0 && (_instance.TimestampsWanted > 0 || _instance.Logs.All(log => log.Version == 1));

    /// <summary>What the verifier must find of them.</summary>
    public Requirement Requirement => new Witnessed(_instance.LogsWanted, _instance.TimestampsWanted);

    /// <summary>Refuses signatures that a log would not take, before any key is asked.</summary>
    public void Check(Crypto.PublicKey key, bool isEnvelope)
    {
        foreach (RekorLog log in _logs)
        {
            log.Check(key, isEnvelope);
        }
    }

    /// <summary>Asks for the time of <paramref name="signed"/> first, then has it recorded.</summary>
    public async Task<Testimony> TestifyAsync(SignedContent signed, CancellationToken cancellation)
    {
        ImmutableArray<ReadOnlyMemory<byte>> timestamps = await StampAsync(signed.Signature, cancellation).ConfigureAwait(false);
        ImmutableArray<ReadOnlyMemory<byte>> entries = await GatherAsync(
            _logs, _instance.LogsWanted, async log => await log.RecordAsync(signed, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        return new Testimony(entries, timestamps);
    }

    /// <summary>Timestamps over <paramref name="signature"/>.</summary>
    public Task<ImmutableArray<ReadOnlyMemory<byte>>> StampAsync(ReadOnlyMemory<byte> signature, CancellationToken cancellation) =>
        GatherAsync(_authorities, _instance.TimestampsWanted, authority => authority.StampAsync(signature, cancellation));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable client in (IDisposable[])[.. _logs, .. _authorities])
        {
            client.Dispose();
        }
    }

    private static async Task<ImmutableArray<ReadOnlyMemory<byte>>> GatherAsync<T>(ImmutableArray<T> witnesses, int wanted, Func<T, Task<ReadOnlyMemory<byte>>> ask)
    {
        var answers = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        for (int next = 0; answers.Count < wanted; next++)
        {
            try
            {
                answers.Add(await ask(witnesses[next]).ConfigureAwait(false));
            }
            catch (SigningException fault) when (Passing.Contains(fault.Finding.Reason) && witnesses.Length - next > wanted - answers.Count)
            {
                // As many as are wanted are left.
            }
        }

        return answers.ToImmutable();
    }
}

/// <summary>As many logs as were asked recorded the signature, and its time is proved.</summary>
internal sealed record Witnessed(int Logs, int Timestamps) : Requirement
{
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    public override string InWords => $"recorded in {Logs} logs, stamped by {Timestamps} authorities";

    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        int logged = evidence.OfType<LoggedIn>().DistinctBy(entry => entry.Log, StringComparer.Ordinal).Count();
        return logged < Logs ? RekorReasons.NotLogged.Because($"the trusted root knows {logged} of the logs, wanted {Logs}")
            : Timestamps > 0 && !evidence.OfType<SignedAt>().Any() ? TimestampRequestReasons.Untrusted.Because("no timestamp holds")
            : null;
    }
}
