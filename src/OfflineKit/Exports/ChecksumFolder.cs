using System.Collections.Immutable;

namespace OfflineKit.Exports;

/// <summary>A plain folder with a signed checksum list at its top.</summary>
/// <remarks>
/// The steps, by docs/spec/exports.md: (1) the container; (2) the lists are well-formed; (3) each is signed by a trusted signer; (4) every listed file is there with its digest;
/// (5) nothing else is there. Several lists are one: their names must not overlap.
/// </remarks>
internal sealed class ChecksumFolder : ExportLayout
{
    /// <inheritdoc/>
    public override string Name => "checksums";

    /// <inheritdoc/>
    public override string Title => "folder with a signed checksum list";

    /// <inheritdoc/>
    public override string Mark => "SHA256SUMS";

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override bool IsMarked(ExportInventory inventory) => !Lists(inventory).IsEmpty;

    /// <inheritdoc/>
    internal override void Verify(ExportVerification export)
    {
        // 2 The lists.
        ImmutableArray<string> paths = Lists(export.Inventory);
        ImmutableArray<string> signed = [.. paths.Where(list => MetadataFileNames.SignatureSuffixes.Any(suffix => export.Inventory.Find(list + suffix) is not null))];
        if ((signed.Length == 1 ? signed : paths) is not [var path])
        {
            string there = paths.IsEmpty ? "there is no checksum list" : $"{string.Join(" and ", paths)} are there; wanted one list, or one that is signed";
            export.Found.Failed("2-list", (paths.IsEmpty ? ExportReasons.ManifestMissing : ExportReasons.AmbiguousLayout).Because(there));
            return;
        }

        if (export.Read("2-list", path, content => SignedList.Parse(content.Span, path)) is not { } list)
        {
            return;
        }

        export.Found.Passed("2-list", $"{path} lists {list.Files.Count} files");

        // 3 The signatures.
        ListSignatures.Verify("3-signature", path, export);

        // 4 Every listed file. 5 Nothing else.
        if (list.Root is not null)
        {
            RequireRoot(list, export);
        }

        export.Compare("4-files", "5-nothing-else", list.Files);
    }

    private static ImmutableArray<string> Lists(ExportInventory inventory) => [.. inventory.ControlPaths.Where(path => !path.Contains('/', StringComparison.Ordinal) && MetadataFileNames.IsChecksumList(path))];

    private static void RequireRoot(SignedList list, ExportVerification export)
    {
        ExportFile? manifest = export.Inventory.Find("manifest.json");
        if (manifest is null || !manifest.Sha256.Equals(list.Root))
        {
            export.Found.Failed("4-files", ExportReasons.RootMismatch.Because($"manifest.json is {manifest?.Sha256.ToString() ?? "not there"}, the root line says {list.Root}"));
            return;
        }

        export.Accounted.Add(manifest.Path);
        export.Found.Passed("4-files", $"the root line is manifest.json, {list.Root}");
    }
}

/// <summary>What a signature by somebody who is not trusted here means, where nobody else signed.</summary>
internal enum Strangers
{
    /// <summary>Nobody who is trusted vouches: a refusal.</summary>
    Refused,

    /// <summary>Somebody who is trusted vouched elsewhere: a note.</summary>
    Noted,
}

/// <summary>The signatures beside a list, in any format that the verifier knows.</summary>
internal static class ListSignatures
{
    /// <summary>Verifies every signature beside the list at <paramref name="path"/>: one by a trusted signer is needed, and none may be false.</summary>
    /// <remarks>A signature by somebody unknown is noted when another one is trusted: senders sign for several receivers.</remarks>
    public static void Verify(string step, string path, ExportVerification export, string except = "")
    {
        ReadOnlyMemory<byte> list = export.Inventory.Control(path)!.Value;
        List<(string Path, Verdict Verdict)> verdicts = [];
        foreach (string suffix in MetadataFileNames.SignatureSuffixes)
        {
            if (path + suffix != except && export.Take(path + suffix) is { } content)
            {
                verdicts.Add((path + suffix, export.Judge(new Signature(path + suffix, content), Artifact.FromBytes(path, list))));
            }
        }

        if (verdicts.Count == 0)
        {
            string wanted = string.Join(", ", MetadataFileNames.SignatureSuffixes.Select(suffix => path + suffix));
            export.Found.Failed(step, ExportReasons.SignatureMissing.Because($"none of {wanted} is there"));
            return;
        }

        Conclude(step, verdicts, export, Strangers.Refused);
    }

    /// <summary>Takes over the verdicts on several signatures of one thing.</summary>
    public static void Conclude(string step, List<(string Path, Verdict Verdict)> verdicts, ExportVerification export, Strangers strangers)
    {
        bool oneIsTrusted = verdicts.Exists(entry => entry.Verdict.IsTrusted);
        foreach ((string path, Verdict verdict) in verdicts)
        {
            // What cannot answer a demand is passed over where another signature answers it.
            bool isPassedOver = !verdict.IsTrusted && verdict.Findings.All(finding =>
                finding.Reason == Reasons.UnknownKey ? oneIsTrusted || strangers == Strangers.Noted : finding.Reason == Reasons.DemandUnanswered && oneIsTrusted);
            if (isPassedOver)
            {
                string why = verdict.Findings[0].Reason == Reasons.UnknownKey ? "is by somebody who is not trusted here" : "is passed over";
                export.Found.Noted("note.other-signer", $"{path} {why}: {verdict.Findings[0].Detail}");
            }
            else
            {
                export.Include(step, path, verdict);
            }
        }
    }
}
