using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Signing.Instances;
using OfflineKit.Signing.Keyless;
using OfflineKit.Signing.Services;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Cli;

/// <summary>The options that name an identity, the services of a Sigstore instance, and what their answers must hold under.</summary>
internal sealed class SigstoreOptions
{
    private const string BundledRoot = "sigstore-public-good";
    private readonly Option<bool> _keyless = new("--keyless") { Description = "sigstore: sign under an identity instead of a key (OIDC token, short-lived certificate, log)" };
    private readonly Option<string?> _token = new("--identity-token") { Description = "keyless: the token is in FILE, or on standard input (-); default: SIGSTORE_ID_TOKEN, GitHub Actions, sign-in by browser", HelpName = "FILE" };
    private readonly Option<string?> _name = new("--certificate-identity") { Description = "keyless: the name that the certificate must carry, where the authority spells it in its own way", HelpName = "NAME" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "keyless: identity and digest may become public for ever; do not ask" };
    private readonly Option<bool> _byCode = new("--sign-in-by-code") { Description = "keyless: sign in with a browser elsewhere, and type the code that it shows" };
    private readonly Option<string?> _config = new("--signing-config") { Description = "the services of an instance (signing config v0.2)", HelpName = "FILE" };
    private readonly Option<string?> _root = new("--trusted-root") { Description = "what the services' answers must hold under; default: the bundled public instance", HelpName = "FILE" };
    private readonly Option<string?> _fulcio = new("--fulcio-url") { Description = "the certificate authority", HelpName = "URL" };
    private readonly Option<string?> _issuer = new("--oidc-issuer") { Description = "where to sign in by browser", HelpName = "URL" };
    private readonly Option<string> _client = new("--oidc-client-id") { Description = "as whom to sign in; default: sigstore", HelpName = "ID", DefaultValueFactory = _ => "sigstore" };
    private readonly Option<string?> _rekor = new("--rekor-url") { Description = "sigstore: record the signature in this log; also for keys", HelpName = "URL" };
    private readonly Option<int> _version = new("--rekor-version") { Description = "the log's interface, 1 (default) or 2", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _timestamp = new("--timestamp-url") { Description = "sigstore, kms: have the signature stamped by this RFC 3161 authority; also for keys", HelpName = "URL" };

    // One run reads each file once.
    private SigstoreInstance? _instance;
    private SigstoreTrustedRoot? _trust;

    public void AddTo(Command command)
    {
        ForBundles.Concat(ForStamps).ToList().ForEach(command.Options.Add);
    }

    /// <summary>The options that one timestamp beside a bare signature needs.</summary>
    public IEnumerable<Option> ForStamps => [_timestamp, _config, _root];

    /// <summary>The options that only bundles have a place for.</summary>
    public IEnumerable<Option> ForBundles => [_keyless, _token, _name, _yes, _byCode, _fulcio, _issuer, _client, _rekor, _version];

    /// <summary>Nobody named a key: an identity signs.</summary>
    public bool IsKeyless(ParseResult arguments) => arguments.GetValue(_keyless);

    /// <summary>The logs and authorities that were asked for; null when none were.</summary>
    public LogAndTimestampServices? LogAndTimestampServices(ParseResult arguments, KeyOpening opening)
    {
        RefuseStrayOptions(arguments);
        SigstoreInstance instance = Instance(arguments);
        if (!instance.IsSilent)
        {
            return new LogAndTimestampServices(instance, Root(arguments), opening);
        }

        return arguments.GetValue(_root) is null ? null : throw new UsageException("--trusted-root without services", "name logs or time-stamping authorities, or leave it out");
    }

    /// <summary>Says which logs will publish the signatures of a key; whoever named them agreed to it. An identity is announced when it is known.</summary>
    public void AnnounceLogs(ParseResult arguments)
    {
        SigstoreInstance instance = Instance(arguments);
        if (!IsKeyless(arguments) && instance.LogsWanted > 0)
        {
            Stderr.Note($"the public key and the digest will be published by {Hosts(instance.Logs.Select(log => log.Address))}, for ever");
        }
    }

    /// <summary>Makes the key of an identity.</summary>
    public KeylessKey Key(ParseResult arguments, KeyOpening opening)
    {
        SigstoreInstance instance = Instance(arguments);
        IdentityTokenSource source = Source(arguments, instance, opening);
        Uri authority = instance.Authority ?? throw new UsageException("no certificate authority is named", "name it by --fulcio-url or in --signing-config");
        return KeylessKey.Create(
            new KeylessSignIn(source, authority, Root(arguments))
            {
                DemandedName = arguments.GetValue(_name),
                Announce = who => Announce(who, instance, !arguments.GetValue(_yes) && (source.IsInteractive || !Console.IsInputRedirected)),
            },
            opening);
    }

    private void RefuseStrayOptions(ParseResult arguments)
    {
        if (IsGiven(arguments, _version) && !IsGiven(arguments, _rekor))
        {
            throw new UsageException("--rekor-version without --rekor-url", "a signing config states the version of each log");
        }

        Option[] onlyForIdentities = [_token, _name, _yes, _byCode, _fulcio, _issuer, _client];
        if (!IsKeyless(arguments) && onlyForIdentities.FirstOrDefault(option => IsGiven(arguments, option)) is { } stray)
        {
            throw new UsageException($"{stray.Name} without --keyless");
        }
    }

    private static bool IsGiven(ParseResult arguments, Option option) => arguments.GetResult(option) is { Implicit: false };

    // Whoever names one service names all of them: nothing is sent to the public instance by the way.
    private SigstoreInstance Instance(ParseResult arguments) => _instance ??= Named(arguments);

    private SigstoreInstance Named(ParseResult arguments)
    {
        string?[] named = [arguments.GetValue(_fulcio), arguments.GetValue(_issuer), arguments.GetValue(_rekor), arguments.GetValue(_timestamp)];
        if (arguments.GetValue(_config) is { } path)
        {
            return named.Any(url => url is not null)
                ? throw new UsageException("--signing-config beside addresses of services", "use the one or the others")
                : SigningConfig.Parse(InputFile.ReadAll(path, Limits.SignatureFile, "signing config"), TimeProvider.System.GetUtcNow());
        }

        if (named.All(url => url is null))
        {
            return IsKeyless(arguments) ? SigstoreInstance.PublicGood : new SigstoreInstance();
        }

        int version = arguments.GetValue(_version) is int n and (1 or 2) ? n : throw new UsageException("--rekor-version is neither 1 nor 2");
        ImmutableArray<LogService> logs = named[2] is { } rekor ? [new LogService(ServiceAddress.Parse(rekor, "--rekor-url"), version)] : [];
        ImmutableArray<Uri> authorities = named[3] is { } stamp ? [ServiceAddress.Parse(stamp, "--timestamp-url")] : [];
        return new SigstoreInstance
        {
            Authority = named[0] is { } fulcio ? ServiceAddress.Parse(fulcio, "--fulcio-url") : null,
            Issuer = named[1] is { } issuer ? ServiceAddress.Parse(issuer, "--oidc-issuer") : null,
            Logs = logs,
            LogsWanted = logs.Length,
            TimestampAuthorities = authorities,
            TimestampsWanted = authorities.Length,
        };
    }

    private SigstoreTrustedRoot Root(ParseResult arguments) => _trust ??= Read(arguments);

    private SigstoreTrustedRoot Read(ParseResult arguments)
    {
        if (arguments.GetValue(_root) is not { } path)
        {
            return BundledTrust.Open(BundledTrust.ReadManifest().Roots.First(root => root.Name == BundledRoot)).SigstoreRoots[0];
        }

        ImmutableArray<SigstoreTrustedRoot> roots = SigstoreTrustedRootFile.Parse(InputFile.ReadAll(path, Limits.SignatureFile, "trusted root"), Path.GetFileName(path), retrievedOn: "");
        return roots.Length == 1 ? roots[0] : throw new UsageException($"--trusted-root {path} holds {roots.Length} roots", "name the one of the instance that is used");
    }

    private IdentityTokenSource Source(ParseResult arguments, SigstoreInstance instance, KeyOpening opening)
    {
        if (arguments.GetValue(_token) is { } path)
        {
            return new GivenToken(System.Text.Encoding.UTF8.GetString(InputFile.ReadAll(path, 64 * 1024, "identity token")), path == "-" ? "standard input" : path);
        }

        bool isByCode = arguments.GetValue(_byCode);
        bool canAsk = instance.Issuer is not null && (!Console.IsInputRedirected || isByCode);
        return IdentityTokenSource.FromEnvironment(opening, canAsk ? new BrowserSignIn(instance.Issuer!, arguments.GetValue(_client)!, new TerminalSignIn(isByCode)) : null);
    }

    private static void Announce(SignerIdentity who, SigstoreInstance instance, bool mustAsk)
    {
        string hosts = Hosts(instance.Logs.Select(log => log.Address).Append(instance.Authority!));
        Stderr.Note($"signing as \"{who.Name}\" (issuer \"{who.Issuer}\"): this identity and the digest will be published by {hosts}, for ever");
        if (!mustAsk || !instance.IsPublic)
        {
            return;
        }

        if (Console.IsInputRedirected || !TerminalSignIn.Agrees("Publish them? (y/N) "))
        {
            throw KeylessReasons.NoConsent.Refusal($"\"{who.Name}\" has not agreed");
        }
    }

    private static string Hosts(IEnumerable<Uri> addresses) => string.Join(", ", addresses.Select(address => address.Host).Distinct(StringComparer.Ordinal));
}
