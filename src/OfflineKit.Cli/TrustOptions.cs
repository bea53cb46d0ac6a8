using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Host.State;
using OfflineKit.Encoding;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli;

/// <summary>The options that say whom to trust, shared by every verifying command.</summary>
/// <remarks>
/// A key narrows: with <c>--key</c> the roots that are on by themselves are not consulted, and the bundled store is not even parsed.
/// <c>--trust-root</c> and <c>--trust</c> add what they name.
/// </remarks>
internal sealed class TrustOptions
{
    private readonly Option<string?>? _oneKey;
    private readonly Option<string[]>? _namedKeys;
    private readonly Option<string[]> _folders = new("--trust")
    {
        Description = "add the trust store in DIR (trust.json and its files)",
        HelpName = "DIR",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> _roots = new("--trust-root")
    {
        Description = "switch the trust root NAME on for this run (repeatable)",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> _sigstoreRoots = new("--trusted-root")
    {
        Description = "trust the Sigstore instances in FILE (trusted_root.json or JSON Lines) instead of the bundled ones; repeatable",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> _authorities = new("--ca")
    {
        Description = "trust the signers in the export's own certificates that lead to the authority in FILE (PEM); repeatable",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly ImportedTrustOptions _imported;
    private readonly Option<bool> _noBundled = new("--no-bundled-trust") { Description = "drop the trust roots that come with the program" };

    private TrustOptions(Option<string?>? oneKey, Option<string[]>? namedKeys, ImportedTrustOptions? imported = null) =>
        (_oneKey, _namedKeys, _imported) = (oneKey, namedKeys, imported ?? ImportedTrustOptions.Named());

    /// <summary><c>--key FILE</c>, once: a second key is a usage error.</summary>
    public static TrustOptions OneKey() => new(
        new Option<string?>("--key", "-k") { Description = "trust the public key in FILE (PEM, DER, minisign, signify)", HelpName = "FILE" }, namedKeys: null);

    /// <summary><c>--key [ID=]FILE</c>, repeatable: keys of which each may have the id that envelopes call it by.</summary>
    public static TrustOptions NamedKeys() => new(oneKey: null, new Option<string[]>("--key", "-k")
    {
        Description = "trust the public key in FILE; signatures call it ID (empty: it has no id); repeatable",
        HelpName = "[ID=]FILE",
        AllowMultipleArgumentsPerToken = false,
    });

    /// <summary><c>--key FILE</c> and <c>--ca FILE</c>, repeatable: keys of any format, which keep the ids that their own files give them, and authorities. For exports, whose own state is <c>--state</c>.</summary>
    public static TrustOptions SeveralKeys() => new(oneKey: null, new Option<string[]>("--key", "-k")
    {
        Description = "trust the public key in FILE (PEM, DER, minisign, signify); repeatable",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    }, ImportedTrustOptions.BesideExports())
    {
        KeepsOwnIds = true,
    };

    private bool KeepsOwnIds { get; init; }

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add((Option?)_oneKey ?? _namedKeys!);
        if (KeepsOwnIds)
        {
            command.Options.Add(_authorities);
        }

        command.Options.Add(_sigstoreRoots);
        command.Options.Add(_roots);
        command.Options.Add(_folders);
        command.Options.Add(_noBundled);
        _imported.AddTo(command);
    }

    /// <summary>The caller names a key, or an authority that brings keys, for this one call.</summary>
    public bool NamesKey(ParseResult arguments) => KeysOf(arguments).Length > 0 || AuthoritiesOf(arguments).Length > 0;

    /// <summary>The caller names somebody to trust, by key, root or folder.</summary>
    public bool NamesTrust(ParseResult arguments) =>
        NamesKey(arguments) || new[] { _folders, _roots, _sigstoreRoots }.Any(option => arguments.GetValue(option) is { Length: > 0 }) || _imported.NamesState(arguments);

    /// <summary>The store that the options describe, or the finding that says which key or root is bad.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="kinds">The kinds of roots that are consulted without being named; public keys when none is given.</param>
    /// <exception cref="UsageException">A named root does not exist.</exception>
    public Result<TrustStore> Read(ParseResult arguments, params TrustRootKind[] kinds)
    {
        kinds = kinds.Length > 0 ? kinds : [TrustRootKind.PublicKey];
        Result<LoadedTrust> loaded = _imported.Load(arguments);
        if (loaded.Value is not { } imported)
        {
            return new Result<TrustStore>(Value: null, loaded.Finding);
        }

        TrustStore store = TrustStore.Empty;
        foreach (Func<Result<TrustStore>> source in Sources(arguments, kinds, imported))
        {
            Result<TrustStore> part = source();
            if (part.Value is null)
            {
                return part;
            }

            store = store.With(part.Value);
        }

        return new Result<TrustStore>(imported.Limit(store), Finding: null);
    }

    /// <summary><paramref name="given"/>, which came by another option, as the imported trust leaves it: a revocation does not ask who named the key.</summary>
    public Result<TrustStore> Limit(Result<TrustStore> given, ParseResult arguments)
    {
        if (given.Value is not { } store)
        {
            return given;
        }

        // A folder that is named beside it still says whom it revokes; its own keys are not added.
        foreach (string path in arguments.GetValue(_folders) ?? [])
        {
            Result<TrustStore> folder = RootSource.Folder(path).Open([], []);
            if (folder.Value is null)
            {
                return folder;
            }

            store = store.With(folder.Value);
        }

        Result<LoadedTrust> loaded = _imported.Load(arguments);
        return loaded.Value is { } imported ? new Result<TrustStore>(imported.Limit(store), Finding: null) : new Result<TrustStore>(Value: null, loaded.Finding);
    }

    /// <summary>The imports by name and version.</summary>
    public IEnumerable<string> ImportedVersions(ParseResult arguments) => _imported.Load(arguments).Value?.Versions ?? [];

    /// <summary>The roots of <paramref name="store"/> for the report's head.</summary>
    public static ImmutableArray<RootInForce> InForce(TrustStore? store) =>
        store is null ? [] :
        [
            .. store.Roots.Select(root => new RootInForce(root.Name, root.Source, root.RetrievedOn)),
            .. store.SigstoreRoots.Where(root => root.RetrievedOn.Length == 0).Select(root => new RootInForce(root.Name, "--trusted-root", RetrievedOn: "")),
        ];

    /// <summary>The error of a run in which nobody is trusted.</summary>
    public static UsageException NobodyIsTrusted() => new NobodyTrustedException(
        "no key and no trust root was given, so nothing can be decided",
        "name the signer's public key with --key FILE, or a trust root with --trust-root NAME; `offlinekit trust list` shows the roots");

    private IEnumerable<Func<Result<TrustStore>>> Sources(ParseResult arguments, TrustRootKind[] kinds, LoadedTrust imported)
    {
        string[] keys = KeysOf(arguments);
        foreach (string key in keys)
        {
            yield return () => Result.Parse(Reasons.MalformedKey, () => new TrustStore { Keys = [_namedKeys is null || KeepsOwnIds ? Key(key) : NamedKey(key)] });
        }

        foreach (string path in AuthoritiesOf(arguments))
        {
            yield return () => Result.Parse(
                Reasons.MalformedTrust, () => new TrustStore { Authorities = [TrustedAuthority.Parse(InputFile.ReadAll(path, Limits.KeyFile, "authority"), $"--ca {path}")] });
        }

        string[] sigstoreRoots = arguments.GetValue(_sigstoreRoots) ?? [];
        foreach (string path in sigstoreRoots)
        {
            yield return () => SigstoreRoot(path);
        }

        bool narrowed = NamesKey(arguments) || sigstoreRoots.Length > 0;
        HashSet<string> wanted = new(arguments.GetValue(_roots) ?? [], StringComparer.Ordinal);
        List<RootSource> stores = [.. (arguments.GetValue(_folders) ?? []).Select(RootSource.Folder)];
        if (!arguments.GetValue(_noBundled) && (!narrowed || wanted.Count > 0))
        {
            stores.Add(RootSource.Bundled(!narrowed ? TrustChoices.Read : () => TrustChoices.AllOff));
        }

        if ((!narrowed || wanted.Count > 0) && UserRoots.OfThisUser() is { } user)
        {
            stores.Add(RootSource.User(user, !narrowed ? TrustChoices.Read : () => TrustChoices.AllOff));
        }

        // What was imported adds to what comes with the program, and is narrowed with it.
        stores.AddRange(!narrowed || wanted.Count > 0 ? imported.Sources(narrowed) : []);
        foreach (RootSource source in stores)
        {
            yield return () => source.Open(wanted, kinds);
        }

        yield return () => wanted.Count == 0
            ? new Result<TrustStore>(TrustStore.Empty, Finding: null)
            : throw new UsageException($"there is no trust root called {string.Join(", ", wanted)}", "`offlinekit trust list` shows the roots");
    }

    private static Result<TrustStore> SigstoreRoot(string path)
    {
        byte[] content = InputFile.ReadAll(path, Limits.KeyFile, "trusted root");
        return Result.Parse(Reasons.MalformedTrust, () => new TrustStore { SigstoreRoots = SigstoreTrustedRootFile.Parse(content, path, retrievedOn: "") });
    }

    private string[] KeysOf(ParseResult arguments) =>
        _namedKeys is not null ? arguments.GetValue(_namedKeys) ?? [] : arguments.GetValue(_oneKey!) is { } key ? [key] : [];

    private string[] AuthoritiesOf(ParseResult arguments) => KeepsOwnIds ? arguments.GetValue(_authorities) ?? [] : [];

    private static TrustedKey NamedKey(string argument)
    {
        // An id may hold "=" itself (base64), so the longest rest that is a file wins.
        for (int split = argument.IndexOf('=', StringComparison.Ordinal); split >= 0; split = argument.IndexOf('=', split + 1))
        {
            if (File.Exists(argument[(split + 1)..]))
            {
                TrustedKey key = Key(argument[(split + 1)..]);
                return split == 0 ? key with { Hints = [] } : key with { Name = argument[..split], Hints = [argument[..split]] };
            }
        }

        return Key(argument) with { Hints = [] };
    }

    private static TrustedKey Key(string path) =>
        KeyFile.Parse(InputFile.ReadAll(path, Limits.KeyFile, "key file"), Path.GetFileName(path), $"--key {path}");
}

/// <summary>The run trusts nobody, so nothing can be decided.</summary>
internal sealed class NobodyTrustedException(string message, string hint) : UsageException(message, hint);
