using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit;

/// <summary>Collects what one verification proves, refuses and notes, in order, and closes into a <see cref="Proof"/>.</summary>
internal sealed class Verification
{
    private readonly ImmutableArray<Evidence>.Builder _evidence = ImmutableArray.CreateBuilder<Evidence>();
    private readonly Attribution _attribution = new();
    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();
    private readonly ImmutableArray<Check>.Builder _checks = ImmutableArray.CreateBuilder<Check>();
    private readonly ImmutableArray<Remark>.Builder _remarks = ImmutableArray.CreateBuilder<Remark>();

    /// <summary>Nothing has been refused so far.</summary>
    public bool IsClean => _findings.Count == 0;

    /// <summary>Records evidence; the check that led to it is recorded by <see cref="Passed"/>.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="signature">The signature file that proves it, where several are verified: it is never put to the account of another.</param>
    /// <param name="signer">Which of the file's signers says it, where each says something of its own.</param>
    public void Proved(Evidence evidence, string signature = "", string signer = "")
    {
        _evidence.Add(evidence);
        _attribution.Add(signature, signer, evidence);
        if (evidence is SignedByKey { Standing: { } remark } && !_remarks.Contains(remark))
        {
            _remarks.Add(remark);
        }
    }

    /// <summary>Records that a trusted key signed, or why its signature does not count.</summary>
    /// <returns>Whether it counts.</returns>
    internal bool Prove(KeySignature signature, SignatureFacts facts, VerificationContext context, string signer = "")
    {
        Result<SignedByKey> proved = SignedByKey.Prove(signature, facts, context);
        if (proved.Value is not { } signed)
        {
            Failed("key", proved.Finding!);
            return false;
        }

        Proved(signed, signer: signer);
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

    /// <summary>Takes over everything that <paramref name="other"/> found, of the file <paramref name="signature"/> where several are verified.</summary>
    public void Include(Proof other, string signature = "")
    {
        _evidence.AddRange(other.Evidence);
        _attribution.Include(signature, other);
        _findings.AddRange(other.Findings);
        _checks.AddRange(other.Checks);
        _remarks.AddRange(other.Remarks);
    }

    /// <summary>What the reader can do about the first refusal, where that is more exact than what its reason says.</summary>
    public void Advised(Advice advice) => _findings[0] = _findings[0] with { Advice = advice };

    /// <summary>What was collected.</summary>
    public Proof Close() => new(_evidence.ToImmutable(), _findings.ToImmutable(), _checks.ToImmutable(), _remarks.ToImmutable()) { Attributed = _attribution.Close() };
}
