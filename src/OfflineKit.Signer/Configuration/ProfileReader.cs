using System.Collections.Frozen;
using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signer.Keys;
using OfflineKit.Signer.Quotas;
using OfflineKit.Signing;
using OfflineKit.Trust;

namespace OfflineKit.Signer.Configuration;

/// <summary>Reads profiles and their keys; what would make the choice of a key ambiguous, or share it by accident, is a fault.</summary>
internal static class ProfileReader
{
    private const int MostSigners = 8;

    /// <summary>The list <c>profiles</c>.</summary>
    public static ImmutableArray<ProfileConfiguration> Read(Section root, ConfigurationPlace place, FrozenDictionary<string, QuotaLimits> plans)
    {
        List<(ProfileConfiguration Profile, bool IsShared)> profiles = [];
        foreach (Section section in root.Children("profiles"))
        {
            (ProfileConfiguration profile, bool isShared) = Profile(section, place);
            profiles.Add((profile, isShared));
            if (profile.Plan != "*" && !plans.ContainsKey(profile.Plan))
            {
                section.Fault($"plan \"{profile.Plan}\" is none of the plans");
            }
        }

        if (profiles.Count == 0)
        {
            root.Fault("\"profiles\" names no profile");
        }

        RefuseTwins(root, profiles.Select(pair => pair.Profile));
        RefuseSharedKeys(root, profiles);
        return [.. profiles.Select(pair => pair.Profile)];
    }

    private static (ProfileConfiguration Profile, bool IsShared) Profile(Section section, ConfigurationPlace place)
    {
        string type = section.OptionalText("predicateType") ?? "*";
        ImmutableArray<string> allowed = section.Texts("predicateTypes");
        ProfileConfiguration profile = new(
            section.Text("name"),
            section.OptionalText("tenant") ?? "*",
            section.OptionalText("plan") ?? "*",
            type,
            allowed.IsEmpty && type != "*" ? [type] : allowed,
            section.Texts("reportPredicateTypes"),
            section.Choice("mode", SigningMode.Keyful, ("keyful", SigningMode.Keyful), ("keyless", SigningMode.Keyless)),
            section.Choice("scanner", ScannerDemand.Required, ("required", ScannerDemand.Required), ("not-required", ScannerDemand.NotRequired)),
            [.. section.Children("signers").Select(signer => section.Try(() => Signer(signer, place), null)).OfType<SignerKeyConfiguration>()])
        {
            Keyless = section.Child("keyless") is { } keyless ? keyless.Try(() => KeylessReader.Read(keyless, place), null) : null,
        };
        bool isShared = section.Switch("shared", true, false, false);
        section.End();
        if (profile.Allowed.IsEmpty)
        {
            section.Fault("no predicateTypes: a profile signs what it names, and nothing else");
        }

        if (profile.Mode == SigningMode.Keyful ? profile.Signers.Length is 0 or > MostSigners : !profile.Signers.IsEmpty)
        {
            section.Fault($"{profile.Signers.Length} signers, wanted {(profile.Mode == SigningMode.Keyful ? $"1 to {MostSigners}" : "none: a certificate names who signs")}");
        }

        if ((profile.Mode == SigningMode.Keyless) != (profile.Keyless is not null))
        {
            section.Fault("mode: keyless and the section \"keyless\" go together");
        }

        RefuseTwice(section, "signer", profile.Signers.Select(signer => signer.Name));
        RefuseTwice(section, "key", profile.Signers.Select(signer => signer.Pinned.Fingerprint));
        return (profile, isShared);
    }

    private static SignerKeyConfiguration Signer(Section section, ConfigurationPlace place)
    {
        string keyFile = section.Text("publicKey");
        KeyMaterial pinned = KeyFile.Parse(place.Content(keyFile, "public key"), section.Text("name"), keyFile).Material;
        SignerKeyConfiguration signer = new(
            section.Text("name"),
            place.Key(section.Text("key")),
            pinned,
            section.Choice("state", KeyState.Active, ("pending", KeyState.Pending), ("active", KeyState.Active), ("retiring", KeyState.Retiring), ("retired", KeyState.Retired), ("revoked", KeyState.Revoked)),
            Time(section, "notBefore"),
            Time(section, "notAfter"),
            section.OptionalText("chain") is { } chain ? [.. place.Certificates(chain)] : [])
        {
            PasswordFile = section.OptionalText("passwordFile") is { } password ? place.File(password) : null,
            Algorithm = section.OptionalText("algorithm") is { } label ? AlgorithmLabel.Parse(label, section.Path).Scheme : null,
        };
        section.End();
        if (ChainCheck.Objection(signer.Chain, signer.Pinned, place.Clock.GetUtcNow()) is { } objection)
        {
            section.Fault($"chain: {objection}");
        }

        if (signer is { NotBefore: { } from, NotAfter: { } until } && until <= from)
        {
            section.Fault("notAfter is not after notBefore");
        }

        return signer;
    }

    private static DateTimeOffset? Time(Section section, string name) =>
        section.OptionalText(name) is { } text ? Rfc3339.Parse(text, $"{section.Path}.{name}") : null;

    private static void RefuseTwice(Section section, string what, IEnumerable<string> names)
    {
        foreach (IGrouping<string, string> name in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            section.Fault($"the {what} {name.Key} stands there twice");
        }
    }

    private static void RefuseTwins(Section root, IEnumerable<ProfileConfiguration> profiles)
    {
        ImmutableArray<ProfileConfiguration> all = [.. profiles];
        RefuseTwice(root, "profile", all.Select(profile => profile.Name));
        foreach (IGrouping<(string, string, string), ProfileConfiguration> twins in all.GroupBy(profile => (profile.Tenant, profile.Plan, profile.PredicateType)).Where(group => group.Count() > 1))
        {
            root.Fault($"the profiles {string.Join(", ", twins.Select(profile => profile.Name))} match the same requests");
        }
    }

    // One key of two tenants would make their signatures indistinguishable; whoever means that says so.
    private static void RefuseSharedKeys(Section root, List<(ProfileConfiguration Profile, bool IsShared)> profiles)
    {
        foreach (IGrouping<string, (string Fingerprint, string Tenant)> key in profiles
            .Where(pair => !pair.IsShared)
            .SelectMany(pair => pair.Profile.Signers.Select(signer => (signer.Pinned.Fingerprint, pair.Profile.Tenant)))
            .GroupBy(use => use.Fingerprint, StringComparer.Ordinal))
        {
            string[] tenants = [.. key.Select(use => use.Tenant).Distinct(StringComparer.Ordinal)];
            if (tenants.Length > 1 || tenants[0] == "*")
            {
                root.Fault($"the key sha256:{key.Key} signs for {string.Join(", ", tenants)}: a key belongs to one tenant, unless its profiles say shared: true");
            }
        }
    }
}
