using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit;

/// <summary>Collects what one verification proves, refuses and notes, in order, and closes into a <see cref="Proof"/>.</summary>
internal sealed class Verification
{
    private readonly List<(string Signature, Evidence Evidence)> _evidence = [];
    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();
    private readonly ImmutableArray<Check>.Builder _checks = ImmutableArray.CreateBuilder<Check>();
    private readonly ImmutableArray<Remark>.Builder _remarks = ImmutableArray.CreateBuilder<Remark>();

    /// <summary>Nothing has been refused so far.</summary>
    public bool IsClean => _findings.Count == 0;

    /// <summary>Records evidence; the check that led to it is recorded by <see cref="Passed"/>.</summary>
    public void Proved(Evidence evidence) => Proved(signature: "", evidence);

    /// <summary>Records evidence that the signature file <paramref name="signature"/> is, where several are verified: it is never put to the account of another.</summary>
    internal void Proved(string signature, Evidence evidence)
    {
        _evidence.Add((signature, evidence));
        if (evidence is SignedByKey { Standing: { } remark } && !_remarks.Contains(remark))
        {
            _remarks.Add(remark);
        }
    }

    /// <summary>Records that a trusted key signed, or why its signature does not count.</summary>
    /// <returns>Whether it counts.</returns>
    internal bool Prove(KeySignature signature, SignatureFacts facts, VerificationContext context)
    {
        Result<SignedByKey> proved = SignedByKey.Prove(signature, facts, context);
        if (proved.Value is not { } signed)
        {
            Failed("key", proved.Finding!);
            return false;
        }

        Proved(signed);
        return true;
    }

    /// <summary>A check holds.</summary>
    public void Passed(string check, string detail, string root = "") => _checks.Add(new Check(check, CheckOutcome.Passed, detail, root));

    /// <summary>A check failed: the finding makes any verdict negative.</summary>
    public void Failed(string check, Finding finding)
    {
        _checks.Add(new Check(check, CheckOutcome.Failed, finding.Detail));
        _findings.Add(finding);
    }

    /// <summary>A check could not be made for want of input.</summary>
    public void NotEvaluated(string check, string why) => _checks.Add(new Check(check, CheckOutcome.NotEvaluated, why));

    /// <summary>Something that the reader should know.</summary>
    public void Noted(string code, string text) => _remarks.Add(new Remark(code, text));

    /// <summary>Takes over everything that <paramref name="other"/> found.</summary>
    public void Include(Proof other) => Include(signature: "", other);

    /// <summary>Takes over everything that <paramref name="other"/> found of the signature file <paramref name="signature"/>.</summary>
    internal void Include(string signature, Proof other)
    {
        _evidence.AddRange(other.Evidence.Select(evidence => (signature, evidence)));
        _findings.AddRange(other.Findings);
        _checks.AddRange(other.Checks);
        _remarks.AddRange(other.Remarks);
    }

    /// <summary>What was collected.</summary>
    public Proof Close() => new([.. _evidence.Select(one => one.Evidence)], _findings.ToImmutable(), _checks.ToImmutable(), _remarks.ToImmutable())
    {
        BySignature = [.. _evidence.GroupBy(one => one.Signature, StringComparer.Ordinal).Select(group => group.Select(one => one.Evidence).ToImmutableArray())],
    };
}
