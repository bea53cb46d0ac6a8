using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Requests;
using OfflineKit.Trust;

namespace OfflineKit.Host.State;

/// <summary>A single trust root, and where it lies.</summary>
/// <param name="Root">The root.</param>
/// <param name="Origin"><c>bundled</c>, <c>added</c>, <c>imported</c>, or <c>machine</c>: imported for everybody.</param>
/// <param name="ImportedAs">The name of the import that brought it; empty for others.</param>
internal sealed record KnownRoot(TrustRoot Root, string Origin, string ImportedAs = "")
{
    /// <summary>The roots that come with the program, and those that this user added.</summary>
    /// <exception cref="UsageException">The user's roots are damaged: they are said to be so, not shown as none.</exception>
    public static ImmutableArray<KnownRoot> Own()
    {
        Result<TrustRoot[]> added = Result.Parse(Reasons.MalformedTrust, () => (TrustRoot[])[.. UserRoots.OfThisUser()?.Roots ?? []]);
        return added.Value is { } roots
            ? [.. BundledTrust.ReadManifest().Roots.Select(root => new KnownRoot(root, "bundled")), .. roots.Select(root => new KnownRoot(root, "added"))]
            : throw new UsageException(added.Finding!.Detail, "mend or remove the folder of the user's trust roots");
    }

    /// <summary>The roots that <paramref name="trust"/> brought, or why its list cannot be read.</summary>
    public static Result<KnownRoot[]> Of(ImportedTrust trust, string origin = "imported") => Result.Parse(
        Reasons.MalformedTrust, () => (KnownRoot[])[.. RepositoryTrust.Roots(trust.Repository, trust.Name).Select(root => new KnownRoot(root, origin, trust.Name))]);

    /// <summary><c>public-key</c> and so on, as <c>trust.json</c> spells it.</summary>
    public string Kind => Root.Kind switch
    {
        TrustRootKind.PublicKey => "public-key",
        TrustRootKind.SigstoreTrustedRoot => "sigstore-trusted-root",
        TrustRootKind.NpmKeys => "npm-keys",
        TrustRootKind.AllowedSigners => "ssh-allowed-signers",
        _ => throw new InvalidOperationException($"no word for {Root.Kind}"),
    };

    /// <summary><c>active</c>, <c>deprecated</c> or <c>revoked</c>.</summary>
    public string Status => Root.Status.Phase.ToString().ToLowerInvariant();
}

/// <summary>Every root that the commands can name, and the imports that do not verify.</summary>
/// <param name="Roots">In the order in which runs consult them.</param>
/// <param name="Refusals">The finding by the name of its import.</param>
internal sealed record KnownRoots(ImmutableArray<KnownRoot> Roots, ImmutableArray<KeyValuePair<string, Finding>> Refusals)
{
    /// <summary>Own roots, and those of every import for <paramref name="machine"/> and in <paramref name="state"/>, verified from its pinned root.</summary>
    public static KnownRoots Read(TrustState? state, Machine machine, DateTimeOffset time)
    {
        var roots = KnownRoot.Own().ToBuilder();
        var refusals = ImmutableArray.CreateBuilder<KeyValuePair<string, Finding>>();
        (ImmutableArray<KnownRoot> ofMachine, Finding? refusal) = OfMachine(machine);
        roots.AddRange(ofMachine);
        if (refusal is not null)
        {
            refusals.Add(KeyValuePair.Create(machine.Folder, refusal));
        }

        foreach ((string name, Result<ImportedTrust> trust) in state?.Load(pin: null, time) ?? [])
        {
            Result<KnownRoot[]> listed = trust.Value is { } verified ? KnownRoot.Of(verified) : new Result<KnownRoot[]>(Value: null, trust.Finding);
            roots.AddRange(listed.Value ?? []);
            if (listed.Finding is { } finding)
            {
                refusals.Add(KeyValuePair.Create(name, finding));
            }
        }

        return new KnownRoots(roots.ToImmutable(), refusals.ToImmutable());
    }

    /// <summary>The roots that were imported for everybody on <paramref name="machine"/>, and why they cannot all be told.</summary>
    public static (ImmutableArray<KnownRoot> Roots, Finding? Refusal) OfMachine(Machine machine)
    {
        MachineRules rules = MachineRules.Of(machine, VerifyRequest.Of(Questions.PolicyCheck, []));
        Result<KnownRoot[]>[] listed = [.. rules.Imports.Select(trust => KnownRoot.Of(trust, "machine"))];
        return ([.. listed.SelectMany(roots => roots.Value ?? [])], rules.Finding ?? listed.FirstOrDefault(roots => roots.Finding is not null).Finding);
    }

    /// <summary>The roots called <paramref name="name"/>; at least one.</summary>
    public ImmutableArray<KnownRoot> Named(string name)
    {
        ImmutableArray<KnownRoot> found = [.. Roots.Where(known => string.Equals(known.Root.Name, name, StringComparison.Ordinal))];
        return found.IsEmpty
            ? throw new UsageException($"there is no trust root called \"{Reporting.TerminalText.Escape(name)}\"", "`offlinekit trust list` shows the roots")
            : found;
    }
}
