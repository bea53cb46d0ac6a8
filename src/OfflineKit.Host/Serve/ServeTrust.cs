using System.Text.Json;
using OfflineKit.Host.State;
using OfflineKit.Encoding;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Host.Serve;

/// <summary>The trust verbs of the serve protocol: list, read, add, remove, export, test.</summary>
internal sealed class ServeTrust(ServeAnswers answers, Machine machine)
{
    /// <summary>Every root, with what is known of it.</summary>
    public Action List(ServeRequest request)
    {
        request.Members.RefuseOtherMembers("id", "verb");
        TrustChoices choices = TrustChoices.Read();
        List<KeyValuePair<string, Finding>> refused = [];
        Known[] roots = [.. Own(), .. Imported(refused)];
        Remark[] notes = [.. machine.Trust.Notes.Concat(TrustState.DefaultOrNull(option: null)?.Notes ?? []).Distinct()];
        return () => answers.Done(request.Id, "listed", json =>
        {
            json.WriteStartArray("trustRoots");
            foreach (Known known in roots)
            {
                Write(json, known, choices);
            }

            json.WriteEndArray();
            json.WriteStartArray("refusedImports");
            foreach ((string name, Finding finding) in refused)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("reason", finding.Reason.Code);
                json.WriteString("detail", finding.Detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            JsonReport.WriteList(json, "remarks", notes, JsonReport.WriteRemark);
        });
    }

    /// <summary>What key a file holds, before anybody trusts it.</summary>
    public Action Read(ServeRequest request)
    {
        request.Members.RefuseOtherMembers("id", "verb", "path", "content");
        byte[] content = Content(request);
        Result<TrustedKey> parsed = Result.Parse(Reasons.MalformedKey, () => KeyFile.Parse(content, "key", request.Path));
        if (parsed.Value is not { } key)
        {
            return () => answers.Error(request.Id, parsed.Finding!.Reason, parsed.Finding.Detail);
        }

        return () => answers.Done(request.Id, "read", json =>
        {
            json.WriteString("fingerprint", key.Material.Fingerprint);
            json.WriteString("keyKind", key.Material.Kind.ToString());
        });
    }

    /// <summary>Trusts a key from now on.</summary>
    public Action Add(ServeRequest request)
    {
        request.Members.RefuseOtherMembers("id", "verb", "path", "content", "name", "fingerprint");
        TrustRoot root = UserRoots.OfThisUserOrRefuse().Add(
            request.Members.String("name"), Content(request), request.Members.String("fingerprint"), Path.GetFileName(request.Path), TimeProvider.System.GetUtcNow());
        TrustChoices choices = TrustChoices.Read();
        return () => answers.Done(request.Id, "added", json => WriteMember(json, new Known(root, UserRoots.OfThisUser()), choices));
    }

    /// <summary>Trusts it no longer.</summary>
    public Action Remove(ServeRequest request)
    {
        request.Members.RefuseOtherMembers("id", "verb", "name");
        string name = request.Members.String("name");
        UserRoots.OfThisUserOrRefuse().Remove(name);
        return () => answers.Done(request.Id, "removed", json => json.WriteString("name", name));
    }

    /// <summary>The file of a root, and its key as PEM where it is a key.</summary>
    public Action Export(ServeRequest request)
    {
        request.Members.RefuseOtherMembers("id", "verb", "name");
        Known known = Find(request.Members.String("name"));
        TrustStore store = known.Open();
        TrustChoices choices = TrustChoices.Read();
        string pem = known.Root.Kind == TrustRootKind.PublicKey
            ? new string(System.Security.Cryptography.PemEncoding.Write("PUBLIC KEY", store.Keys[0].Material.Spki.Span)) + "\n"
            : "";
        byte[] file = known.Content();
        return () => answers.Done(request.Id, "exported", json =>
        {
            WriteMember(json, known, choices);
            json.WriteBase64String("content", file);
            json.WriteString("pem", pem);
        });
    }

    /// <summary>Whether a root's file is the one that was pinned, and its key in use at a time.</summary>
    public Action Test(ServeRequest request)
    {
        request.Members.RefuseOtherMembers("id", "verb", "name", "at");
        Known known = Find(request.Members.String("name"));
        DateTimeOffset time = request.Members.OptionalString("at") is { } at ? Rfc3339.Parse(at, "request.at") : TimeProvider.System.GetUtcNow();
        Result<TrustStore> opened = Result.Parse(Reasons.MalformedTrust, known.Open);
        Finding? finding = opened.Finding ?? known.Root.Status.Judge($"trust root \"{known.Root.Name}\"", verifiedTime: null) ?? known.Root.Validity.Judge(known.Root.Name, time);
        TrustChoices choices = TrustChoices.Read();
        return () => answers.Done(request.Id, "tested", json =>
        {
            WriteMember(json, known, choices);
            json.WriteBoolean("usable", finding is null);
            json.WriteString("reason", finding?.Reason.Code ?? "");
            json.WriteString("detail", finding?.Detail ?? "");
        });
    }

    private static Known[] Own() =>
    [
        .. BundledTrust.ReadManifest().Roots.Select(root => new Known(root, Added: null)),
        .. UserRoots.OfThisUser() is { } user ? user.Roots.Select(root => new Known(root, user)) : [],
    ];

    // What does not verify is said to be so: a run with it would be refused.
    private List<Known> Imported(List<KeyValuePair<string, Finding>> refused)
    {
        List<Known> found = [];
        MachineRules rules = MachineRules.Of(machine, VerifyRequest.Of(Questions.PolicyCheck, []));
        if (rules.Finding is { } damage)
        {
            refused.Add(KeyValuePair.Create(machine.Folder, damage));
        }

        TrustState? state = TrustState.DefaultOrNull(option: null);
        foreach ((string name, Result<ImportedTrust> loaded) in rules.Imports.Select(trust => KeyValuePair.Create(trust.Name, new Result<ImportedTrust>(trust, Finding: null)))
            .Concat(state?.Load(pin: null, TimeProvider.System.GetUtcNow()) ?? []))
        {
            Result<KnownRoot[]> roots = loaded.Value is { } trust ? KnownRoot.Of(trust) : new Result<KnownRoot[]>(Value: null, loaded.Finding);
            found.AddRange((roots.Value ?? []).Select(known => new Known(known.Root, Added: null, loaded.Value)));
            if (roots.Finding is { } finding)
            {
                refused.Add(KeyValuePair.Create(name, finding));
            }
        }

        return found;
    }

    private Known Find(string name) => Array.Find([.. Own(), .. Imported([])], known => string.Equals(known.Root.Name, name, StringComparison.Ordinal))
        ?? throw new MissingInputException($"there is no trust root called {name}", "`offlinekit trust list` shows the roots");

    private static byte[] Content(ServeRequest request)
    {
        request.RefuseSpecialFiles();
        return request.Content ?? InputFile.ReadAll(request.Path, Limits.PublicKeys, "key file");
    }

    private static void WriteMember(Utf8JsonWriter json, Known known, TrustChoices choices)
    {
        json.WritePropertyName("trustRoot");
        Write(json, known, choices);
    }

    private static void Write(Utf8JsonWriter json, Known known, TrustChoices choices)
    {
        TrustRoot root = known.Root;
        json.WriteStartObject();
        json.WriteString("name", root.Name);
        json.WriteString("kind", root.Kind.ToString());
        json.WriteString("fingerprint", root.Fingerprint.Length > 0 ? root.Fingerprint : root.ContentDigest.Hex);
        json.WriteString("source", known.Added is null && known.Carried is null ? "Bundled" : "Imported");
        json.WriteString("origin", root.Source);
        json.WriteString("retrievedOn", root.RetrievedOn);
        json.WriteString("notAfter", root.Validity.Until is { } until ? UtcText.Seconds(until) : "");
        json.WriteString("status", root.Status.Phase.ToString().ToLowerInvariant());
        json.WriteBoolean("enabled", choices.IsOn(root));
        json.WriteEndObject();
    }

    private sealed record Known(TrustRoot Root, UserRoots? Added, ImportedTrust? Carried = null)
    {
        public TrustStore Open() => Carried is { } trust ? RepositoryTrust.Open(trust.Repository, Root) : Added is null ? BundledTrust.Open(Root) : Added.Open(Root);

        public byte[] Content() => Carried is { } trust ? CarriedContent(trust) : Added is null ? BundledTrust.ReadContent(Root) : Added.Content(Root);

        private byte[] CarriedContent(ImportedTrust trust) =>
            trust.Repository.Find(Root.File)?.ToArray() ?? throw new MissingInputException($"{Root.File} is no target of {trust.Name}", "ask the maintainers of the bundle for it");
    }
}
