namespace OfflineKit.Formats.Sentinel;

/// <summary>The rule that ties the names of policy parameters to the names of their signature parameters.</summary>
/// <remarks>Names are covered by no signature. Source: docs/spec/sentinel.md §4.</remarks>
internal static class ParameterName
{
    /// <summary>Where policies and signatures stand in the parameter store.</summary>
    public const string Policies = "/sentinel/policies/", Signatures = "/sentinel/signatures/";

    /// <summary>Where the signature of the policy called <paramref name="policy"/> is.</summary>
    public static string OfSignature(string policy) => Moved(policy, Policies, Signatures);

    /// <summary>Which policy the signature called <paramref name="signature"/> belongs to.</summary>
    public static string OfPolicy(string signature) => Moved(signature, Signatures, Policies);

    /// <summary>Where the policy of <paramref name="profile"/> is when nothing else is said.</summary>
    public static string OfProfile(string profile, string policyRoot = "/sentinel/policies") => $"{policyRoot}/{profile}";

    // Any other name loses one leading slash and is put under the prefix.
    private static string Moved(string name, string from, string to)
    {
        if (name.StartsWith(from, StringComparison.Ordinal))
        {
            return to + name[from.Length..];
        }

        return to + (name.StartsWith('/') ? name[1..] : name);
    }
}
