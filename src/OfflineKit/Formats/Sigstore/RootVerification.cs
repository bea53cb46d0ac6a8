using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Timestamping;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit.Formats.Sigstore;

/// <summary>What one trusted root says of a bundle: times, log entries, certificate, SCTs, identity.</summary>
/// <remarks>Steps 5–9 of the plan in <see cref="SigstoreEnvelope"/>. What a root lacks is a refusal, never a reason to skip.</remarks>
internal sealed class RootVerification
{
    private readonly SigstoreBundle _bundle;
    private readonly SigstoreTrustedRoot _root;
    private readonly RevocationList _revoked;
    private readonly Verification _verification = new();
    private readonly PathBudget _budget = new() { Intermediates = 2 };
    private readonly List<DateTimeOffset> _times = [];
    private readonly Expectations _expected;
    private readonly CertificateSignature? _signature;

    private RootVerification(SigstoreBundle bundle, CertificateSignature? signature, SigstoreTrustedRoot root, VerificationContext context) =>
        (_bundle, _signature, _root, _revoked, _expected) = (bundle, signature, root, context.Trust.Revocations, context.Expectations);

    /// <summary>The proof under the root that holds; where none does, under the one that came furthest.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="signature">That the key in its certificate made its signature; null where it did not, or a bare key signed.</param>
    /// <param name="context">Trust and expectations.</param>
    public static Proof Best(SigstoreBundle bundle, CertificateSignature? signature, VerificationContext context)
    {
        Proof? best = null;
        foreach (SigstoreTrustedRoot root in context.Trust.SigstoreRoots)
        {
            Proof proof = new RootVerification(bundle, signature, root, context).Run();
            if (proof.Findings.IsEmpty)
            {
                return proof;
            }

            best = best is null || Progress(proof) > Progress(best) ? proof : best;
        }

        return best ?? throw new InvalidOperationException("there is no trusted root to ask");
    }

    // To know a witness and to know that it is revoked is further than never to have heard of it.
    private static int Progress(Proof proof) =>
        proof.Checks.Count(check => check.Outcome == CheckOutcome.Passed) + proof.Findings.Count(finding => finding.Reason == Reasons.KeyRevoked);

    // What an instance promises is demanded of it. One that lists no log of a kind, usable or not, may run none; the caller must say so.
    private bool DemandsLog => _root.Profile == InstanceProfile.PublicGood && !(_expected.AllowTimestampOnly && !_root.Lists("tlogs"));

    private bool DemandsCertificateLog => _root.Profile == InstanceProfile.PublicGood && !(_expected.AllowTimestampOnly && !_root.Lists("ctlogs"));

    private Proof Run()
    {
        foreach (LeftOutPart part in _root.LeftOut)
        {
            _verification.Noted("note.root-part-left-out", $"of {_root.Name} a part is not used: {part.Why}");
        }

        if (!IsInstanceInForce())
        {
            return _verification.Close();
        }

        // 5 Timestamps.
        VerifyTimestamps();

        // 6 Log entries.
        VerifyEntries();

        // 7–9 The certificate.
        if (_bundle.Leaf is { } leaf)
        {
            VerifyCertificate(leaf);
        }

        return _verification.Close();
    }

    // A whole instance that is revoked has no witness left who could date anything.
    private bool IsInstanceInForce()
    {
        string name = $"trusted root \"{_root.Name}\"";
        if (_root.Status.Remark(name, verifiedTime: null) is { } remark)
        {
            _verification.Noted(remark.Code, remark.Text);
        }

        if (_root.Status.Phase != KeyPhase.Revoked)
        {
            return true;
        }

        _verification.Failed("trusted-root", Reasons.KeyRevoked.Because($"{name} is {_root.Status}; nothing that rests on it counts"));
        return false;
    }

    private void VerifyTimestamps()
    {
        List<TimestampToken> seen = [];
        foreach (ReadOnlyMemory<byte> der in _bundle.Timestamps)
        {
            Result<TimestampToken> token = Result.Parse(TimestampReasons.Malformed, () => TimestampToken.Parse(der));
            if (token.Value is not { } parsed)
            {
                _verification.Failed("timestamp", token.Finding!);
                continue;
            }

            if (seen.Exists(parsed.IsSameAs))
            {
                _verification.Failed("timestamp", TimestampReasons.Duplicate.Because("two tokens are the same timestamp"));
                continue;
            }

            seen.Add(parsed);
            Judge(parsed.Verify(_bundle.Signature.Span, _root.TimestampAuthorities, _budget));
        }
    }

    // A token of an authority that the root does not know proves nothing and harms nothing; any other fault refuses the bundle.
    private void Judge(Result<VerifiedTime> time)
    {
        Result<SignedAt> proved = time.Value is { } stamp ? SignedAt.Prove(stamp, _revoked) : new Result<SignedAt>(Value: null, time.Finding);
        if (proved.Value is { } at)
        {
            _times.Add(at.Time);
            _verification.Passed("timestamp", $"{at.Source} stamped the signature at {UtcText.Seconds(at.Time)}", _root.Name);
            _verification.Proved(at);
        }
        else if (proved.Finding!.Reason == TimestampReasons.UnknownAuthority)
        {
            _verification.NotEvaluated("timestamp", $"ignored: {proved.Finding.Detail}");
        }
        else
        {
            _verification.Failed("timestamp", proved.Finding);
        }
    }

    private void VerifyEntries()
    {
        LogEntryVerification entries = new(_root, _revoked, _verification, [.. _times]) { PromiseSuffices = _expected.AllowPromiseOnly };
        int verified = 0;
        foreach (LogEntry entry in _bundle.Entries)
        {
            verified += entries.Verify(entry) ? 1 : 0;
        }

        _times.AddRange(entries.PromisedTimes);
        if (verified == 0 && DemandsLog)
        {
            string seen = _bundle.Entries.IsEmpty ? "the bundle has no log entry" : $"none of {_bundle.Entries.Length} log entries holds";
            string lacking = _root.Lists("tlogs") ? "" : "; an instance that runs none can be accepted knowingly";
            _verification.Failed("log-entry", SigstoreReasons.NoLog.Because($"{seen} under {_root.Name}, which knows {_root.Logs.Length} logs{lacking}"));
        }
    }

    private void VerifyCertificate(Certificate leaf)
    {
        if (_times.Count == 0)
        {
            _verification.Failed("certificate-path", SigstoreReasons.NoTime.Because($"no timestamp and no promise holds under {_root.Name}"));
            return;
        }

        // 7 The path at every verified time.
        ImmutableArray<VerifiedPath> paths = CertificateVerification.Paths(leaf, _root, [.. _times.Distinct()], _budget, _verification);
        if (paths.IsEmpty)
        {
            return;
        }

        // 8 SCTs. 9 Identity, once its key is known to have signed.
        if (DemandsCertificateLog)
        {
            CertificateVerification.Transparency(paths[0], _root, _revoked, _verification);
        }

        if (_signature is { } signature)
        {
            CertificateVerification.Identity(signature, paths, _root, _revoked, _verification);
        }
    }
}
