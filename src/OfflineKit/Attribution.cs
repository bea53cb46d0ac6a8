using System.Collections.Immutable;

namespace OfflineKit;

/// <summary>Which evidence is whose: by signature file, and in a file by signer where each says something of its own.</summary>
/// <remarks>What a file says without naming one of its signers, such as the payload that all of them signed, is said by each of them.</remarks>
internal sealed class Attribution
{
    private readonly List<(string Signature, string Signer, Evidence Evidence)> _all = [];

    /// <summary>Records <paramref name="evidence"/> of the file <paramref name="signature"/> (empty: the only one) and its signer <paramref name="signer"/> (empty: each of them).</summary>
    public void Add(string signature, string signer, Evidence evidence) => _all.Add((signature, signer, evidence));

    /// <summary>Takes over what <paramref name="proof"/> says of the file <paramref name="signature"/>, signer by signer.</summary>
    public void Include(string signature, Proof proof)
    {
        ImmutableArray<SignerEvidence> signers = proof.BySigner;
        for (int i = 0; i < signers.Length; i++)
        {
            string signer = $"{_all.Count} {i}";
            _all.AddRange(signers[i].Evidence.Select(evidence => (signature, signer, evidence)));
        }

        _all.AddRange(proof.Evidence.Where(evidence => !signers.Any(signer => signer.Evidence.Contains(evidence))).Select(evidence => (signature, "", evidence)));
    }

    /// <summary>What each signer vouches for.</summary>
    public ImmutableArray<SignerEvidence> Close() => [.. _all.GroupBy(one => one.Signature, StringComparer.Ordinal).SelectMany(file =>
    {
        ILookup<string, Evidence> bySigner = file.ToLookup(one => one.Signer, one => one.Evidence, StringComparer.Ordinal);
        ImmutableArray<Evidence> ofEach = [.. bySigner[""].Where(evidence => !SignerEvidence.IsSigner(evidence))];
        return bySigner.SelectMany(signer => SignerEvidence.In([.. signer, .. signer.Key.Length == 0 ? [] : ofEach]));
    })];
}
