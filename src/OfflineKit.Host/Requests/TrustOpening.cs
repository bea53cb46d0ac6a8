using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dossier;
using OfflineKit.Host.State;
using OfflineKit.Trust;

namespace OfflineKit.Host.Requests;

/// <summary>Opens what a question trusts.</summary>
internal static class TrustOpening
{
    /// <summary>The store that <paramref name="request"/> describes, or the finding that says which key or root is bad.</summary>
    /// <param name="request">The question.</param>
    /// <param name="imported">The imported trust in force.</param>
    /// <param name="kinds">The kinds of roots that are consulted without being named.</param>
    /// <param name="signers">Who counts, where a policy binds this machine; null: everybody who is trusted.</param>
    /// <exception cref="UsageException">A named root does not exist.</exception>
    public static Result<OpenedTrust> Open(VerifyRequest request, ImportedRoots imported, TrustRootKind[] kinds, MachineSigners? signers)
    {
        OpenedTrust opened = new(TrustStore.Empty, []);
        foreach (TrustPart source in Named(request).Select(part => new TrustPart(IsOfMachine: false, part)).Concat(Chosen(request.Trust, imported, kinds)))
        {
            Result<TrustStore> part = source.Open();
            if (part.Value is not { } store)
            {
                return new Result<OpenedTrust>(Value: null, part.Finding);
            }

            opened = source.IsOfMachine || signers is null ? opened.With(store) : opened.With(store, signers);
        }

        // Where nothing else is trusted, what cannot be used is the answer.
        if (opened.Store.IsEmpty && opened.PassedOver.IsEmpty && !opened.Store.UnusableRoots.IsEmpty)
        {
            return new Result<OpenedTrust>(Value: null, opened.Store.UnusableRoots[0]);
        }

        return new Result<OpenedTrust>(opened with { Store = OnlyKeys(imported.Limit(opened.Store, request.Trust.Tenant), request.Trust) }, Finding: null);
    }

    private static IEnumerable<Func<Result<TrustStore>>> Named(VerifyRequest request)
    {
        TrustRequest trust = request.Trust;
        foreach (NamedKey key in trust.Keys)
        {
            yield return () => Named(key.File, Result.Parse(Reasons.MalformedKey, () => Keys(key, request)));
        }

        foreach (NamedFile file in trust.Authorities)
        {
            yield return Read(() => TrustStore.Empty.WithAuthority(TrustedAuthority.Parse(file.Content.Span, file.Origin)));
        }

        foreach (NamedFile file in trust.SigstoreRoots)
        {
            yield return Read(() => new TrustStore { SigstoreRoots = SigstoreTrustedRootFile.Parse(file.Content, file.Path, retrievedOn: "") });
        }

        if (trust.AllowedSigners is { } signers)
        {
            yield return Read(() => new TrustStore { SshSigners = AllowedSigners.Parse(signers.Content, signers.Origin) });
        }

        if (trust.DossierKeys is { } keys)
        {
            yield return Read(() => TrustedKeysFile.Parse(keys.Content.Span, keys.Origin).Store);
        }
    }

    // The stores in which roots are looked for: those that are on by themselves, unless somebody else is named.
    private static IEnumerable<TrustPart> Chosen(TrustRequest request, ImportedRoots imported, TrustRootKind[] kinds)
    {
        bool narrowed = request.IsNarrowed;
        HashSet<string> wanted = new(request.Roots, StringComparer.Ordinal);
        Func<TrustChoices> choices = narrowed ? () => TrustChoices.AllOff : TrustChoices.Read;
        List<(bool IsOfMachine, RootSource Source)> sources = [.. request.Stores.Select(store => (false, RootSource.Named(store)))];
        if (!narrowed || wanted.Count > 0)
        {
            sources.AddRange(request.WithoutBundled ? [] : [(true, RootSource.Bundled(choices))]);
            sources.AddRange(UserRoots.OfThisUser() is { } user ? [(false, RootSource.User(user, choices))] : []);
            // What was imported adds to what comes with the program, and is narrowed with it.
            sources.AddRange(imported.OfMachine.Select(trust => (true, RootSource.Imported(trust, narrowed))));
            sources.AddRange(imported.OfUser.Select(trust => (false, RootSource.Imported(trust, narrowed))));
        }
        else
        {
            // Nothing of them is trusted here, but whom they revoke is revoked whoever names the key; what was imported is asked for that in any case.
            sources.AddRange(request.WithoutBundled || !BundledTrust.RevokesSomebody ? [] : [(true, RootSource.Bundled(choices))]);
            sources.AddRange(UserRoots.OfThisUser() is { } user ? [(false, RootSource.User(user, choices))] : []);
        }

        // SSH signers that are named stand alone: a store beside them says whom it revokes, and its own keys are not added.
        TrustRootKind[] consulted = request.AllowedSigners is null ? kinds : [];
        foreach ((bool isOfMachine, RootSource source) in sources)
        {
            yield return new TrustPart(isOfMachine, () => source.Open(wanted, consulted));
        }

        yield return new TrustPart(IsOfMachine: true, () => wanted.Count == 0
            ? new Result<TrustStore>(TrustStore.Empty, Finding: null)
            : throw new UsageException($"there is no trust root called {string.Join(", ", wanted)}", "`offlinekit trust list` shows the roots"));
    }

    // Of several keys, the one that is bad.
    private static Result<TrustStore> Named(NamedFile file, Result<TrustStore> read) =>
        read.Finding is { } finding && !finding.Detail.Contains(file.Name, StringComparison.Ordinal) ? read with { Finding = finding with { Detail = $"{file.Origin}: {finding.Detail}" } } : read;

    private static Func<Result<TrustStore>> Read(Func<TrustStore> parse) => () => Result.Parse(Reasons.MalformedTrust, parse);

    // An id that is given is the one by which signatures call the key; a minisign key has a number of its own besides, which its signatures name.
    // In a file of several keys it says which one is meant; so does a narrowing to ids.
    private static TrustStore Keys(NamedKey named, VerifyRequest request)
    {
        ImmutableArray<string> ids = named.Id is { Length: > 0 } id ? [id] : request.Trust.OnlyKeys;
        TrustStore store = TrustStore.Empty.With(Content(named, ids));
        return store.Keys.IsEmpty && named.Id is not null
            ? throw new MalformedException(Reasons.MalformedKey, $"{named.File.Name}: none of its keys is called {named.Id}")
            : (named.Id is null && !store.Beside.IsEmpty ? store.Within(store with { Keys = [.. store.Keys, .. store.Beside] }) : store) with { Keys = [.. store.Keys.Select(key => Called(key, named, request.Asks))] };
    }

    private static KeyFileContent Content(NamedKey named, ImmutableArray<string> ids)
    {
        (ReadOnlyMemory<byte> content, string name, string origin) = (named.File.Content, named.File.Name, named.File.Origin);
        Result<KeyFileContent> read = Result.Parse(Reasons.MalformedKey, () => KeyFile.ParseChosen(content, name, origin, ids));
        return read.Value ?? (named.IsOfFolder ? KeyFile.ParseWarnings(content, name, origin) : throw new MalformedException(read.Finding!.Reason, read.Finding.Detail) { Advice = read.Finding.Advice });
    }

    private static TrustedKey Called(TrustedKey key, NamedKey named, Questions asks) => named.Id switch
    {
        null when asks != Questions.Envelope || key.Material.IsMinisign => key,
        null or "" => key.Material.IsMinisign ? key : key with { Hints = [] },
        { } id => key.Named(id) ?? throw new MalformedException(Reasons.MalformedKey, $"{named.File.Name}: none of its keys is called {id}"),
    };

    // Narrowing only ever takes trust away, and no objection; certificates have no key that could be called by a name.
    private static TrustStore OnlyKeys(TrustStore store, TrustRequest request) => request.OnlyKeys.IsEmpty ? store : (store.Narrowed(key => key.Only(request.OnlyKeys)).WithoutCertificates() with
    {
        SshSigners = [],
        Roots = [.. store.Roots.Where(root => root.Kind == TrustRootKind.PublicKey)],
    }).Within(store);

    // Where trust comes from: this machine and the program, or whoever asks.
    private sealed record TrustPart(bool IsOfMachine, Func<Result<TrustStore>> Open);
}
