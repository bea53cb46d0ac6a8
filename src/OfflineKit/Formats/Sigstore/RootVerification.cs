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
    private readonly Verification _examination = new();
    private readonly PathBudget _budget = new() { Intermediates = 2 };
    private readonly List<DateTimeOffset> _times = [];
    private readonly bool _promiseSuffices;
    private readonly string _algorithm;

    private RootVerification(SigstoreBundle bundle, string algorithm, SigstoreTrustedRoot root, VerificationContext context) =>
        (_bundle, _algorithm, _root, _revoked, _promiseSuffices) = (bundle, algorithm, root, context.Trust.Revocations, context.Expectations.AllowPromiseOnly);

    /// <summary>The proof under the root that holds; where none does, under the one that came furthest.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="algorithm">The label of the scheme with which its signature verified.</param>
    /// <param name="context">Trust and expectations.</param>
    public static Proof Best(SigstoreBundle bundle, string algorithm, VerificationContext context)
    {
        Proof? best = null;
        foreach (SigstoreTrustedRoot root in context.Trust.SigstoreRoots)
        {
            Proof proof = new RootVerification(bundle, algorithm, root, context).Run();
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

    private Proof Run()
    {
        if (!IsInstanceInForce())
        {
            return _examination.Close();
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

        return _examination.Close();
    }

    // A whole instance that is revoked has no witness left who could date anything.
    private bool IsInstanceInForce()
    {
        string name = $"trusted root \"{_root.Name}\"";
        if (_root.Status.Remark(name, verifiedTime: null) is { } remark)
        {
            _examination.Noted(remark.Code, remark.Text);
        }

        if (_root.Status.Phase != KeyPhase.Revoked)
        {
            return true;
        }

        _examination.Failed("trusted-root", Reasons.KeyRevoked.Because($"{name} is {_root.Status}; nothing that rests on it counts"));
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
                _examination.Failed("timestamp", token.Finding!);
                continue;
            }

            if (seen.Exists(parsed.IsSameAs))
            {
                _examination.Failed("timestamp", TimestampReasons.Duplicate.Because("two tokens are the same timestamp"));
                continue;
            }

            seen.Add(parsed);
            Judge(parsed.Verify(_bundle.Signature.Span, _root.TimestampAuthorities, _budget));
        }
    }

    // A token of an authority that the root does not know proves nothing and harms nothing; any other fault refuses the bundle.
    private void Judge(Result<VerifiedTime> time)
    {
        if (time.Value is { } stamp && _revoked.WitnessObjection(stamp.Authority.Name, stamp.Path.Certificates) is { } revoked)
        {
            _examination.Failed("timestamp", revoked);
        }
        else if (time.Value is { } verified)
        {
            _times.Add(verified.Time);
            _examination.Passed("timestamp", $"{verified.Authority.Name} stamped the signature at {UtcText.Seconds(verified.Time)}", _root.Name);
            _examination.Proved(new SignedAt(verified.Time, verified.Authority.Name, _root.Name));
        }
        else if (time.Finding!.Reason == TimestampReasons.UnknownAuthority)
        {
            _examination.NotEvaluated("timestamp", $"ignored: {time.Finding.Detail}");
        }
        else
        {
            _examination.Failed("timestamp", time.Finding);
        }
    }

    private void VerifyEntries()
    {
        LogEntryVerification entries = new(_root, _revoked, _examination, [.. _times]) { PromiseSuffices = _promiseSuffices };
        int verified = 0;
        foreach (LogEntry entry in _bundle.Entries)
        {
            verified += entries.Verify(entry) ? 1 : 0;
        }

        _times.AddRange(entries.PromisedTimes);
        if (verified == 0 && _root.Profile == InstanceProfile.PublicGood)
        {
            string seen = _bundle.Entries.IsEmpty ? "the bundle has no log entry" : $"none of {_bundle.Entries.Length} log entries holds";
            _examination.Failed("log-entry", SigstoreReasons.NoLog.Because($"{seen} under {_root.Name}, which knows {_root.Logs.Length} logs"));
        }
    }

    private void VerifyCertificate(Certificate leaf)
    {
        if (_times.Count == 0)
        {
            _examination.Failed("certificate-path", SigstoreReasons.NoTime.Because($"no timestamp and no promise holds under {_root.Name}"));
            return;
        }

        // 7 The path at every verified time.
        if (CertificateVerification.Path(leaf, _root, [.. _times.Distinct()], _budget, _examination) is not { } path)
        {
            return;
        }

        CertificateVerification.Standing(path, [.. _times.Distinct()], _revoked, _examination);

        // 8 SCTs. 9 Identity.
        if (_root.Profile == InstanceProfile.PublicGood)
        {
            CertificateVerification.Transparency(path, _root, _revoked, _examination);
        }

        CertificateVerification.Identity(leaf, _algorithm, _root, _examination);
    }
}
