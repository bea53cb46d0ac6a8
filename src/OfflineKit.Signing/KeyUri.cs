using System.Text.RegularExpressions;
using OfflineKit.Encoding;

namespace OfflineKit.Signing;

/// <summary>The name of a signing key: a path or a URI, in exactly the spellings that cosign reads, so that users can paste what they have.</summary>
/// <remarks>The only grammar for key names. Nothing is guessed: whatever matches no line of <see cref="Grammar"/> is refused with it.</remarks>
internal abstract partial record KeyUri
{
    /// <summary>Every accepted spelling, one a line, for messages and help.</summary>
    public const string Grammar =
        """
        PATH | file:PATH                        PEM (PKCS#8 plain or encrypted, SEC 1, PKCS#1, ENCRYPTED SIGSTORE PRIVATE KEY), minisign or signify secret key
        minisign:PATH                           minisign or signify secret key
        awskms://[HOST[:PORT]]/ID               ID = UUID | alias/NAME | key ARN | alias ARN (three slashes without a host)
        azurekms://VAULT_HOST/KEY[/VERSION]
        gcpkms://projects/P/locations/L/keyRings/R/cryptoKeys/K/(cryptoKeyVersions|versions)/V
        hashivault://KEY | openbao://KEY
        pkcs11:token=T;object=LABEL?module-path=/abs.so      or serial=S, slot-id=N, manufacturer=M, id=%hex; pin-source=FILE
        NAME://REST | plugin://NAME/REST        the plugin sigstore-kms-NAME
        """;

    private const string AwsKeyId = "(mrk-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", AwsAlias = "(?<alias>alias/[A-Za-z0-9/_\\-]+)";

    private const RegexOptions Strict = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private protected KeyUri(string text) => Text = text;

    /// <summary>No key of one's own: a new one for each run, certified for an identity.</summary>
    public static KeyUri Keyless { get; } = new KeylessUri();

    /// <summary>As the user wrote it, without secrets (a pin-value is cut out).</summary>
    public string Text { get; }

    /// <summary>The key that <paramref name="text"/> names.</summary>
    /// <exception cref="SigningException"><c>sign.key-uri</c>: it fits no line of the grammar.</exception>
    public static KeyUri Parse(string text)
    {
        int scheme = text.IndexOf(':', StringComparison.Ordinal);
        string name = scheme > 1 ? text[..scheme] : "";
        return name switch
        {
            "file" => FileKeyUri.Of(text, PathOf(text, text[5..])),
            "minisign" => FileKeyUri.Of(text, PathOf(text, text[9..])),
            "pkcs11" => Pkcs11KeyUri.Of(text),
            "awskms" => Aws(text),
            "azurekms" => Azure(text),
            "gcpkms" => Google(text),
            "hashivault" or "openbao" => Vault(text, name),
            "plugin" => Plugin(text, PluginForm().Match(text)),
            _ => Other(text),
        };
    }

    /// <summary>The refusal of <paramref name="text"/>, with the spellings of its scheme or all of them.</summary>
    internal static SigningException Refused(string text, string why)
    {
        string scheme = text.Split(':')[0];
        string[] fitting = [.. Grammar.Split('\n').Where(line => line.StartsWith(scheme + ":", StringComparison.Ordinal))];
        string wanted = fitting.Length > 0 ? string.Join("; ", fitting) : "one of:\n" + Grammar;
        return SigningReasons.MalformedKeyUri.Refusal($"{why}; wanted {wanted}");
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Text;

    private static KeyUri Other(string text) =>
        text.Contains("://", StringComparison.Ordinal) ? Plugin(text, SchemeForm().Match(text)) : FileKeyUri.Of(text, PathOf(text, text));

    private static PluginKeyUri Plugin(string text, Match match) => match.Success
        ? new PluginKeyUri(text, match.Groups["name"].Value, match.Groups["rest"].Value)
        : throw Refused(text, "the key's scheme or its plugin's name is malformed");

    // file:///abs and file:rel are one path each; a percent escape would have two readings.
    private static string PathOf(string text, string path)
    {
        string plain = path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
        if (plain.Length == 0 || plain.StartsWith("//", StringComparison.Ordinal) || plain.Contains('\0', StringComparison.Ordinal))
        {
            throw Refused(text, "the key's path is empty or names a host");
        }

        return path.Length != plain.Length && plain.Contains('%', StringComparison.Ordinal)
            ? throw Refused(text, "a file: URI with a percent escape; write the path itself")
            : plain;
    }

    private static AwsKeyUri Aws(string text)
    {
        Match match = AwsForm().Match(text);
        if (!match.Success)
        {
            throw Refused(text, "not an AWS KMS key");
        }

        string id = match.Groups["id"].Value;
        Group region = match.Groups["region"];
        return new AwsKeyUri(text, NullIfEmpty(match.Groups["host"]), id, region.Success ? region.Value : null, match.Groups["alias"].Success);
    }

    private static AzureKeyUri Azure(string text)
    {
        Match match = AzureForm().Match(text);
        return match.Success
            ? new AzureKeyUri(text, match.Groups["vault"].Value, match.Groups["key"].Value, NullIfEmpty(match.Groups["version"]))
            : throw Refused(text, "not an Azure Key Vault key");
    }

    private static GoogleKeyUri Google(string text)
    {
        Match match = GoogleForm().Match(text);
        if (!match.Success)
        {
            throw Refused(text, "not a Google Cloud KMS key");
        }

        // cosign would take the first enabled version, sorted by name: 10 before 9. We ask for the version.
        return match.Groups["version"].Success
            ? new GoogleKeyUri(text, match.Groups["key"].Value, match.Groups["version"].Value)
            : throw Refused(text, "a Google Cloud KMS key without its version");
    }

    private static VaultKeyUri Vault(string text, string scheme)
    {
        Match match = VaultForm().Match(text);
        return match.Success ? new VaultKeyUri(text, scheme, match.Groups["key"].Value) : throw Refused(text, "not a transit key");
    }

    private static string? NullIfEmpty(Group group) => group is { Success: true, Length: > 0 } ? group.Value : null;

    [GeneratedRegex(@"\A(?<name>[a-z0-9][a-z0-9.+\-]*)://(?<rest>[\x21-\x7e]+)\z", Strict, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SchemeForm();

    [GeneratedRegex(@"\Aplugin://(?<name>[a-z0-9][a-z0-9.+\-]*)/(?<rest>[\x21-\x7e]+)\z", Strict, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PluginForm();

    [GeneratedRegex(
        @"\Aawskms://(?<host>[A-Za-z0-9.\-]+(:[0-9]{1,5})?)?/(?<id>" + AwsKeyId + "|" + AwsAlias +
        @"|arn:[a-z\-]+:kms:(?<region>[a-z0-9\-]+):[0-9]{12}:(key/" + AwsKeyId + "|" + AwsAlias + @"))\z",
        Strict,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex AwsForm();

    [GeneratedRegex(@"\Aazurekms://(?<vault>[a-z0-9\-]+(\.[a-z0-9\-]+)+)/(?<key>[A-Za-z0-9\-]{1,127})(/(?<version>[a-z0-9]+))?\z", Strict, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AzureForm();

    [GeneratedRegex(
        @"\Agcpkms://(?<key>projects/[^/\s]+/locations/[^/\s]+/keyRings/[^/\s]+/cryptoKeys/[^/\s]+)(/(cryptoKeyVersions|versions)/(?<version>[0-9]+))?\z",
        Strict,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex GoogleForm();

    [GeneratedRegex(@"\A(hashivault|openbao)://(?<key>[A-Za-z0-9_](([A-Za-z0-9_.\-]+)?[A-Za-z0-9_])?)\z", Strict, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VaultForm();
}

/// <summary>A key that is made for one run.</summary>
internal sealed record KeylessUri : KeyUri
{
    internal KeylessUri() : base("keyless")
    {
    }
}

/// <summary>A key in a file.</summary>
internal sealed record FileKeyUri : KeyUri
{
    private FileKeyUri(string text, string path) : base(text) => Path = path;

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    internal static FileKeyUri Of(string text, string path) => new(text, path);
}

/// <summary>A key of AWS KMS.</summary>
internal sealed record AwsKeyUri : KeyUri
{
    internal AwsKeyUri(string text, string? host, string id, string? region, bool isAlias) : base(text) =>
        (Host, Id, Region, IsAlias) = (host, id, region, isAlias);

    /// <summary>The endpoint, called by https; null for the standard one.</summary>
    public string? Host { get; }

    /// <summary>Key id, key ARN, <c>alias/NAME</c> or alias ARN.</summary>
    public string Id { get; }

    /// <summary>The region of an ARN; null otherwise.</summary>
    public string? Region { get; }

    /// <summary>The id names an alias, which is resolved once before signing.</summary>
    public bool IsAlias { get; }
}

/// <summary>A key of Azure Key Vault or a managed HSM.</summary>
internal sealed record AzureKeyUri : KeyUri
{
    internal AzureKeyUri(string text, string vaultHost, string key, string? version) : base(text) =>
        (VaultHost, Key, Version) = (vaultHost, key, version);

    /// <summary>The complete host name.</summary>
    public string VaultHost { get; }

    /// <summary>The key's name.</summary>
    public string Key { get; }

    /// <summary>The version; null means the latest, which is resolved and reported.</summary>
    public string? Version { get; }
}

/// <summary>A key version of Google Cloud KMS.</summary>
internal sealed record GoogleKeyUri : KeyUri
{
    internal GoogleKeyUri(string text, string key, string version) : base(text) => (Key, Version) = (key, version);

    /// <summary><c>projects/…/cryptoKeys/K</c>.</summary>
    public string Key { get; }

    /// <summary>The version's number.</summary>
    public string Version { get; }

    /// <summary>The resource name of the API.</summary>
    public string ResourceName => $"{Key}/cryptoKeyVersions/{Version}";
}

/// <summary>A key of the transit engine of Vault or OpenBao.</summary>
internal sealed record VaultKeyUri : KeyUri
{
    internal VaultKeyUri(string text, string scheme, string key) : base(text) => (Scheme, Key) = (scheme, key);

    /// <summary><c>hashivault</c> or <c>openbao</c>.</summary>
    public string Scheme { get; }

    /// <summary>The key's name; mount and version come from the environment.</summary>
    public string Key { get; }
}

/// <summary>A key behind the program <c>sigstore-kms-NAME</c>.</summary>
internal sealed record PluginKeyUri : KeyUri
{
    internal PluginKeyUri(string text, string name, string rest) : base(text) => (Name, Rest) = (name, rest);

    /// <summary>The plugin's name.</summary>
    public string Name { get; }

    /// <summary>What the plugin is told.</summary>
    public string Rest { get; }
}
