using System.Collections.Immutable;
using OfflineKit.Archives;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;
using OfflineKit.Trust;

namespace OfflineKit.Exports;

/// <summary>One export under verification: what the steps of every layout have in common.</summary>
internal sealed class ExportVerification(ExportRequest request, ExportInventory inventory)
{
    /// <summary>What is in the export.</summary>
    public ExportInventory Inventory { get; } = inventory;

    /// <summary>What was asked.</summary>
    public ExportRequest Request { get; private set; } = request;

    /// <summary>What was found so far.</summary>
    public Verification Found { get; private init; } = new();

    /// <summary>Files that the layout itself accounts for: lists, statements and signatures.</summary>
    public HashSet<string> Accounted { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that the signer says are no part of it: nobody refuses them, and nobody vouches for them.</summary>
    public HashSet<string> LeftOut { get; } = new(StringComparer.Ordinal);

    /// <summary>The files of which a verdict speaks: those that the list or the layout accounts for; none until a step compared both ways.</summary>
    public ImmutableArray<string> Files { get; private set; } = [];

    /// <summary>The paths that the lists name: whoever signed a list vouches for every one. Where one file is asked about, that alone.</summary>
    public HashSet<string> Vouched { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>The companions that a step of the layout looked for.</summary>
    private HashSet<string> Asked { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The sequence that the export belongs to, for a monotonic import; null when the layout names none.</summary>
    public ExportVersion? Version { get; set; }

    /// <summary>The same question about what lies inside a nested archive; everything found counts for this export.</summary>
    public ExportVerification Inside(ExportInventory nested) => new(Request, nested) { Found = Found, Asked = Asked, Vouched = Vouched };

    /// <summary>The companion in <paramref name="role"/>, or null; a step looked for it.</summary>
    public ReadOnlyMemory<byte>? Companion(string role)
    {
        Asked.Add(role);
        return Request.DetachedFiles.Find(role);
    }

    /// <summary>The last word on companions: whoever names one wants it compared, and one that no step looked at was not.</summary>
    public void RefuseUnusedCompanions()
    {
        foreach (string role in Request.DetachedFiles.Files.Keys.Order(StringComparer.Ordinal))
        {
            if (Found.IsClean && !Asked.Contains(role))
            {
                Found.Failed("companions", ExportReasons.CompanionUnused.Because($"--{role} was given, and nothing in this export is compared with it"));
            }
        }
    }

    /// <summary>From now on <paramref name="keys"/>, which lead to the authorities of the caller, are trusted in place of those.</summary>
    public void Trust(ImmutableArray<TrustedKey> keys) =>
        Request = Request with { Context = Request.Context with { Trust = Request.Context.Trust.With(new TrustStore { Keys = keys }).WithAuthoritiesAnswered() } };

    /// <summary>The evidence that a signature is, which the layout itself verifies; null after a finding at <paramref name="step"/>: it does not count, or a demand is not answered by it.</summary>
    /// <param name="step">The step of the layout.</param>
    /// <param name="signer">Which of the keys that are trusted made it.</param>
    /// <param name="facts">What is known of the signature.</param>
    /// <param name="what">What it is, for the message.</param>
    public SignedByKey? Prove(string step, Func<TrustStore, Result<KeySignature>> signer, SignatureFacts facts, string what)
    {
        Result<SignedByKey> proved = Objections.ToSigner(signer, facts, Request.Context);
        Finding? finding = proved.Value is { } made
            ? Demands.Unanswered(Request.Context, made.IsLimitedToNamespaces ? [Demand.Namespace] : [], what).FirstOrDefault()
            : proved.Finding;
        if (finding is not null)
        {
            Found.Failed(step, finding);
        }

        return finding is null ? proved.Value : null;
    }

    /// <summary>The control file at <paramref name="path"/>, now accounted for, or null.</summary>
    public ReadOnlyMemory<byte>? Take(string path)
    {
        ReadOnlyMemory<byte>? content = Inventory.Control(path);
        if (content is not null)
        {
            Accounted.Add(path);
        }

        return content;
    }

    /// <summary>The control file at <paramref name="path"/>, read by <paramref name="parse"/>; null after a finding at <paramref name="step"/>.</summary>
    public T? Read<T>(string step, string path, Func<ReadOnlyMemory<byte>, T> parse)
        where T : class
    {
        if (Take(path) is not { } content)
        {
            Found.Failed(step, ExportReasons.ManifestMissing.Because($"there is no {path}"));
            return null;
        }

        Result<T> parsed = Result.Parse(ExportReasons.ManifestMalformed, () => parse(content));
        if (parsed.Finding is { } finding)
        {
            Found.Failed(step, finding);
        }

        return parsed.Value;
    }

    /// <summary>The verdict on one signature over <paramref name="artifact"/>, the export's list or its archive; a statement about it must say that the signer made it.</summary>
    public Verdict Judge(Signature signature, Artifact artifact) => StatementTypes.Judge(Ask(signature, artifact), Request);

    /// <summary>The verdict on a document of the export that carries its own signature.</summary>
    public Verdict JudgeDocument(Signature signature) =>
        Ask(signature, signature.Format?.IsSelfContained == false ? Artifact.FromDocument(signature.Path, signature.Content) : null);

    private Verdict Ask(Signature signature, Artifact? artifact) => Verifier.VerifyPart(
        new VerificationRequest(artifact, signature.Content, Request.Context, Request.Policy) { Format = signature.Format, DocumentName = signature.Path });

    /// <summary>Takes over what <paramref name="verdict"/> says of the signature at <paramref name="path"/>.</summary>
    public void Include(string step, string path, Verdict verdict)
    {
        Found.Include(verdict.Proof with { Findings = [] }, path);
        if (verdict.IsTrusted)
        {
            Found.Passed(step, $"{path} ({verdict.Format}) is by a trusted signer");
        }

        foreach (Finding finding in verdict.Findings)
        {
            Found.Failed(step, finding with { Detail = $"{path}: {finding.Detail}" });
        }
    }

    /// <summary>Compares the export with its signed list, both ways.</summary>
    /// <param name="presence">The step "every listed file is there".</param>
    /// <param name="absence">The step "nothing else is there".</param>
    /// <param name="listed">The list by path.</param>
    public void Compare(string presence, string absence, IReadOnlyDictionary<string, ListedFile> listed)
    {
        RequireListed(presence, listed);
        RefuseOthers(absence, listed);
    }

    /// <summary>Compares a plain folder with its signed list: what lies there besides may be told apart.</summary>
    /// <inheritdoc cref="Compare" path="/param"/>
    public void CompareOrTellApart(string presence, string absence, IReadOnlyDictionary<string, ListedFile> listed)
    {
        RequireListed(presence, listed);
        if (Request.Unlisted != UnlistedRule.TellApart)
        {
            RefuseOthers(absence, listed);
            return;
        }

        ImmutableArray<string> others = OthersThan(listed);
        Files = AllBut([.. others, .. LeftOut]);
        Found.NotEvaluated(absence, $"{others.Length} files that the list does not name are judged by themselves");
    }

    /// <summary>Requires every listed file, as it is listed.</summary>
    public void RequireListed(string presence, IReadOnlyDictionary<string, ListedFile> listed)
    {
        Vouched.UnionWith(listed.Keys.Where(path => Request.Missing != MissingRule.PassOver || Inventory.Find(path) is not null));
        FailureCount failures = new(presence, Found);
        long bytes = 0;
        (int fitting, List<string> missing) = (0, []);
        foreach (ListedFile file in listed.Values)
        {
            if (Judge(file) is not { } finding)
            {
                bytes += Inventory.Find(file.Path)!.Size;
                fitting++;
            }
            else if (finding.Reason == ExportReasons.EntryMissing && Request.Missing != MissingRule.Refuse)
            {
                missing.Add(file.Path);
            }
            else
            {
                failures.Add(finding);
            }
        }

        NoteMissing(presence, missing);
        if (missing.Count > 0 && missing.Count == listed.Count)
        {
            failures.Add(ExportReasons.EntryMissing.Because($"none of the {listed.Count} listed files is there"));
        }

        if (failures.Close($"{fitting} listed files, {bytes} bytes, are there as listed"))
        {
            Found.Proved(new ListsFiles(fitting, bytes));
        }
    }

    private void NoteMissing(string presence, List<string> missing)
    {
        if (Request.Missing == MissingRule.PassOver)
        {
            Found.NotEvaluated(presence, $"{missing.Count} other listed files were not asked about");
            return;
        }

        foreach (string path in missing.Take(ExportLimits.Missing))
        {
            Found.Noted("note.missing", $"\"{path}\" is listed and not there, which is accepted");
        }

        if (missing.Count > ExportLimits.Missing)
        {
            Found.Noted("note.missing", $"{missing.Count - ExportLimits.Missing} more listed files are not there, which is accepted");
        }
    }

    private Finding? Judge(ListedFile file)
    {
        if (Inventory.Find(file.Path) is not { } found)
        {
            // Where one file is asked about, the names of the others are nobody's concern.
            Finding? unsafeName = Request.Missing == MissingRule.PassOver ? null : Result.Parse(ExportReasons.ManifestMalformed, () => new EntryNames().AddFile(file.Path)).Finding;
            return unsafeName ?? ExportReasons.EntryMissing.Because($"\"{file.Path}\" is listed and not there");
        }

        if (file.Size is { } size && size != found.Size)
        {
            return ExportReasons.SizeMismatch.Because($"\"{file.Path}\" has {found.Size} bytes, the list says {size}");
        }

        return file.Misfit(found.Digest) is { } other ? ExportReasons.DigestMismatch.Because($"\"{file.Path}\" is {other.Computed(found.Digest)}, the list says {other}") : null;
    }

    /// <summary>Refuses files that neither the list nor the layout accounts for.</summary>
    public void RefuseOthers(string step, IReadOnlyDictionary<string, ListedFile> listed)
    {
        ImmutableArray<string> extra = OthersThan(listed);
        Files = AllBut([.. extra, .. LeftOut]);
        if (Request.Unlisted == UnlistedRule.Note && !extra.IsEmpty)
        {
            Found.Noted("note.unlisted", $"{extra.Length} files that nobody signed: {string.Join(", ", extra.Take(ExportLimits.Failures).Select(path => $"\"{path}\""))}");
            Found.NotEvaluated(step, $"{extra.Length} unlisted files are accepted knowingly");
            return;
        }

        FailureCount failures = new(step, Found);
        foreach (string path in extra)
        {
            failures.Add(ExportReasons.EntryExtra.Because($"\"{path}\" is there and not listed"));
        }

        failures.Close("nothing else is there");
    }

    private ImmutableArray<string> AllBut(ImmutableArray<string> others) => [.. Inventory.Files.Select(file => file.Path).Except(others, StringComparer.Ordinal)];

    private ImmutableArray<string> OthersThan(IReadOnlyDictionary<string, ListedFile> listed) =>
        [.. Inventory.Files.Select(file => file.Path).Where(path => !listed.ContainsKey(path) && !Accounted.Contains(path) && !LeftOut.Contains(path) && !Request.ListedElsewhere.Contains(path)).Order(StringComparer.Ordinal)];
}

/// <summary>A signature that lies in an export or beside it.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Format">The format that its place demands; null: it is recognised.</param>
internal sealed record Signature(string Path, ReadOnlyMemory<byte> Content, Format? Format = null);

/// <summary>The failures of one step: the first ones are told, the rest is counted.</summary>
internal sealed class FailureCount(string step, Verification found)
{
    private int _count;

    /// <summary>One more failure.</summary>
    public void Add(Finding finding)
    {
        if (++_count <= ExportLimits.Failures)
        {
            found.Failed(step, finding);
        }
    }

    /// <summary>Ends the step: <paramref name="holds"/> is said when nothing failed.</summary>
    /// <returns>Nothing failed.</returns>
    public bool Close(string holds)
    {
        if (_count == 0)
        {
            found.Passed(step, holds);
        }
        else if (_count > ExportLimits.Failures)
        {
            found.Noted("note.more-failures", $"{_count - ExportLimits.Failures} more failures of step {step}");
        }

        return _count == 0;
    }
}
