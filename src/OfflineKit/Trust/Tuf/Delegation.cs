using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>A role that another one trusts with some paths.</summary>
/// <param name="Role">Its name, keys and threshold.</param>
/// <param name="Paths">Path patterns; empty when <paramref name="HashPrefixes"/> decide.</param>
/// <param name="HashPrefixes">Lower-case hex prefixes of the SHA-256 of a path.</param>
/// <param name="Terminating">No later role is asked for a path that this one is trusted with.</param>
/// <remarks>Source: TUF specification 1.0 §4.5 and §5.6.7.</remarks>
internal sealed record Delegation(TufRole Role, ImmutableArray<string> Paths, ImmutableArray<string> HashPrefixes, bool Terminating)
{
    private static readonly string[] Reserved = ["root", "timestamp", "snapshot", "targets"];

    /// <summary>This role may speak for <paramref name="path"/>.</summary>
    public bool Covers(string path)
    {
        if (HashPrefixes.IsEmpty)
        {
            return Paths.Any(pattern => TargetPath.Matches(pattern, path));
        }

        string hash = Digest.Sha256(Utf8Text.Encode(path)).Hex;
        return HashPrefixes.Any(prefix => hash.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>The delegations object <paramref name="value"/>.</summary>
    public static ImmutableArray<Delegation> ParseAll(JsonValue value)
    {
        if (value.Optional("succinct_roles") is not null)
        {
            throw new MalformedException(TufReasons.UnknownSpecification, $"{value.Path}: succinct_roles (TAP 15) are not part of specification 1.0");
        }

        Dictionary<string, TufKey> keys = TufRole.ParseKeys(value.Object("keys"));
        HashSet<string> names = new(StringComparer.Ordinal);
        var delegations = ImmutableArray.CreateBuilder<Delegation>();
        foreach (JsonValue role in value.Array("roles"))
        {
            Delegation delegation = Parse(role, keys);
            if (!names.Add(delegation.Role.Name))
            {
                throw new MalformedException(TufReasons.Malformed, $"{role.Path}: role \"{delegation.Role.Name}\" occurs twice");
            }

            delegations.Add(delegation);
        }

        return delegations.DrainToImmutable();
    }

    private static Delegation Parse(JsonValue value, Dictionary<string, TufKey> keys)
    {
        string name = value.String("name");
        // "2.root" would lie on disk where the second root does.
        bool looksVersioned = name.AsSpan().TrimStart("0123456789") is ['.', ..] && char.IsAsciiDigit(name[0]);
        if (name.Length is 0 or > TufLimits.PathLength || looksVersioned || Reserved.Contains(name, StringComparer.Ordinal))
        {
            throw new MalformedException(TufReasons.Malformed, $"{value.Path}: role name \"{name}\"");
        }

        ImmutableArray<string> paths = Texts(value.Optional("paths")), prefixes = Texts(value.Optional("path_hash_prefixes"));
        if ((value.Optional("paths") is null) == (value.Optional("path_hash_prefixes") is null))
        {
            throw new MalformedException(TufReasons.Malformed, $"{value.Path}: wanted paths or path_hash_prefixes, one of them");
        }

        if (paths.Select(TargetPath.Ambiguity).FirstOrDefault(found => found is not null) is { } ambiguous)
        {
            throw new MalformedException(TufReasons.Malformed, $"{value.Path}.paths: {ambiguous} is read in several ways by other programs");
        }

        foreach (string prefix in prefixes)
        {
            _ = StrictHex.Decode(prefix.Length % 2 == 0 ? prefix : prefix + "0", value.Path);
        }

        bool terminating = value.Optional("terminating")?.Boolean ?? false;
        return new Delegation(TufRole.Parse(name, value, keys), paths, prefixes, terminating);
    }

    private static ImmutableArray<string> Texts(JsonValue? value) =>
        value is null ? [] : [.. value.Elements.Select(element => element.Text.Length <= TufLimits.PathLength ? element.Text : throw element.Wanted("a shorter pattern"))];
}
