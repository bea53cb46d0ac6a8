using System.Collections.Immutable;
using OfflineKit.Formats.Dsse;
using OfflineKit.Policy;

namespace OfflineKit.Exports;

/// <summary>What was decided about a whole export.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Layout">The layout's name; empty when none was recognised.</param>
/// <param name="Version">Which of a sequence of exports this is, as its list says; null when it says nothing. In a refused export it is a claim like any other.</param>
internal sealed record ExportVerdict(Verdict Verdict, string Layout, ExportVersion? Version)
{
    /// <summary>The files of which the verdict speaks, by their paths in the export; none where a step of the layout did not say so.</summary>
    public ImmutableHashSet<string> Files { get; init; } = [];
}

/// <summary>The way from an inventory to a verdict.</summary>
internal static class ExportVerifier
{
    /// <summary>The verdict on <paramref name="request"/>.</summary>
    public static ExportVerdict Verify(ExportRequest request)
    {
        ExportVerdict verdict = VerifyWhole(request);
        return verdict with { Verdict = verdict.Verdict.Noting(request.Context.Trust.UnusableRoots) };
    }

    private static ExportVerdict VerifyWhole(ExportRequest request)
    {
        ExportInventory inventory = request.Inventory;
        ExportLayout? layout = request.Layout ?? (request.List is null ? null : ExportLayouts.OfLists);
        if (layout is null)
        {
            Encoding.Result<ExportLayout> recognised = ExportLayouts.Recognise(inventory);
            if (recognised.Finding?.Reason == ExportReasons.UnknownLayout && inventory.Unwrapped() is { } inside)
            {
                inventory = inside;
                recognised = ExportLayouts.Recognise(inside);
            }

            if (recognised.Value is null)
            {
                return new ExportVerdict(Verdict.Refused("export", recognised.Finding!), "", Version: null);
            }

            layout = recognised.Value;
        }
        else if (!layout.IsMarked(inventory) && inventory.Unwrapped() is { } inside)
        {
            inventory = inside;
        }

        ImmutableArray<string> lists = request.List is null ? layout.SignedLists(inventory) : [];
        return lists.Length > 1 ? VerifyEach(lists, request, inventory, layout) : Verify(request, inventory, layout);
    }

    // Each list answers the whole question for its own files: no signer of one vouches for the files of another.
    private static ExportVerdict VerifyEach(ImmutableArray<string> lists, ExportRequest request, ExportInventory inventory, ExportLayout layout)
    {
        Verification all = new();
        ImmutableHashSet<string>? files = null;
        foreach (string list in lists)
        {
            ExportVerdict one = Verify(request with { List = list, ListedElsewhere = ListDocument.Accounts(lists.Remove(list, StringComparer.Ordinal), inventory) }, inventory, layout);
            if (!one.Verdict.IsTrusted)
            {
                return one;
            }

            all.Include(one.Verdict.Proof);
            files = files?.Intersect(one.Files) ?? one.Files;
        }

        Proof proof = all.Close();
        return new ExportVerdict(new Verdict(layout.Name, proof with { Evidence = [.. proof.Evidence.Distinct()], Remarks = [.. proof.Remarks.Distinct()] }, []), layout.Name, Version: null) { Files = files ?? [] };
    }

    private static ExportVerdict Verify(ExportRequest request, ExportInventory inventory, ExportLayout layout)
    {
        if (ExportDemands.Unanswered(request, layout) is { } unanswered)
        {
            return new ExportVerdict(Verdict.Refused(layout.Name, unanswered), layout.Name, Version: null);
        }

        ExportVerification export = new(request, inventory);
        string wrapped = inventory.WrappedIn.Length > 0 ? $", all in {inventory.WrappedIn}" : "";
        export.Found.Passed("1-container", inventory.Container == ExportContainer.ListAndFile ? "the list, its signatures and the file" : $"{inventory.Count} files{wrapped}; no link, no device, no name twice");
        if (inventory.Note.Length > 0)
        {
            export.Found.Noted("note.container", inventory.Note);
        }

        if (layout.IsExperimental)
        {
            export.Found.Noted("note.partly-documented", Experimental.Note(layout.Title, layout.OpenQuestions));
        }

        layout.Verify(export);
        ArchiveSignature.VerifyArchive(export);
        export.RefuseUnusedCompanions();
        RequireThreshold(export);
        RollbackCheck.Verify(export);
        Proof proof = export.Found.Close();

        // What was proved on the way to a refusal is worth nothing: a signed list says nothing of other files.
        proof = proof with { Evidence = proof.Findings.IsEmpty ? [.. proof.Evidence.Distinct()] : [] };
        proof = proof with { Remarks = [.. proof.Remarks.Distinct()] };
        SignaturePolicy demands = (request.Demands ?? request.Policy).And(Demands.OnEvidence(request.Context.Expectations)).And(ExportDemands.OnSigners(request, export));
        return new ExportVerdict(new Verdict(layout.Name, proof, demands.Check(proof)), layout.Name, export.Version) { Files = [.. export.Files.Select(path => inventory.WrappedIn + path)] };
    }

    // Envelopes count their own signatures; a list may have several signatures of one key each.
    private static void RequireThreshold(ExportVerification export)
    {
        int wanted = export.Request.Context.Expectations.Threshold;
        HashSet<string> keys = new(StringComparer.Ordinal);
        foreach (SignedByKey signer in export.Found.Close().Evidence.OfType<SignedByKey>())
        {
            keys.Add(signer.Holder);
        }

        if (wanted > 1 && keys.Count < wanted && export.Found.IsClean)
        {
            export.Found.Failed("threshold", DsseReasons.ThresholdNotMet.Because($"{keys.Count} distinct trusted keys signed this export, wanted {wanted}") with { Shortfall = new Shortfall(keys.Count, wanted) });
        }
    }
}
