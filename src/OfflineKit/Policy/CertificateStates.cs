using System.Collections.Immutable;

namespace OfflineKit.Policy;

/// <summary>The signer's certificate states a fact: repository, ref, workflow, digest, runner …</summary>
/// <param name="Name">The fact's field name, such as <c>sourceRepositoryRef</c>.</param>
/// <param name="Value">Its exact value.</param>
internal sealed record CertificateStates(string Name, string Value) : Requirement
{
    /// <inheritdoc/>
    internal override HeldAgainst HeldAgainst => HeldAgainst.EachSigner;

    /// <inheritdoc/>
    public override string InWords => $"the certificate states {Name} = {Value}";

    /// <inheritdoc/>
    public override Finding? Check(ImmutableArray<Evidence> evidence)
    {
        ImmutableArray<string> stated =
        [
            .. evidence.OfType<SignedByIdentity>().SelectMany(signer => signer.Extensions)
                .Where(extension => string.Equals(extension.Key, Name, StringComparison.Ordinal)).Select(extension => extension.Value),
        ];
        return stated.Contains(Value, StringComparer.Ordinal)
            ? null
            : PolicyReasons.Extension.Because($"{Name} is {(stated.IsEmpty ? "not stated" : $"\"{stated[0]}\"")}, wanted \"{Value}\"");
    }
}
