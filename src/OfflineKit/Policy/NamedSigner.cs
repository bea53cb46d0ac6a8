using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Policy;

/// <summary>A signer and the keys that speak for it: one, or several while a key is rotated.</summary>
/// <param name="Name">What the policy calls the signer.</param>
/// <param name="Keys">Names in the trust store, or <c>sha256:</c> and the fingerprint.</param>
internal sealed record NamedSigner(string Name, ImmutableArray<string> Keys)
{
    /// <summary>What stands before a fingerprint.</summary>
    internal const string ByFingerprint = "sha256:";

    /// <summary><paramref name="name"/> is a fingerprint, and no name in a trust store.</summary>
    internal static bool IsFingerprint(string name) => name.StartsWith(ByFingerprint, StringComparison.Ordinal);

    internal static NamedSigner Parse(JsonValue value)
    {
        if (value.Kind == JsonKind.String)
        {
            return new NamedSigner(PolicyValues.NotEmpty(value), [value.Text]);
        }

        value.RefuseOtherMembers("signer", "keys");
        return new NamedSigner(PolicyValues.NotEmpty(value["signer"]), PolicyValues.Texts(value["keys"]));
    }

    /// <summary>The key speaks for this signer.</summary>
    /// <remarks>What is written as a fingerprint is never a name: a file, a principal or a certificate may be called like the fingerprint of somebody else's key.</remarks>
    public bool IsSpokenForBy(KeyName key) => Keys.Any(name => IsFingerprint(name)
        ? key.Fingerprints.Contains(name[ByFingerprint.Length..], StringComparer.Ordinal)
        : string.Equals(name, key.Name, StringComparison.Ordinal));

    /// <summary>The signer in words.</summary>
    public override string ToString() => Keys.IsEmpty ? $"{Name} (by no key that this machine knows)" : Keys.Length == 1 && Keys[0] == Name ? Name : $"{Name} (by {string.Join(" or ", Keys)})";
}
