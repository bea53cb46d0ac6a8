namespace OfflineKit.Exports;

/// <summary>What a signature by somebody who is not trusted here means, where nobody else signed.</summary>
internal enum Strangers
{
    /// <summary>Nobody who is trusted vouches: a refusal.</summary>
    Refused,

    /// <summary>Somebody who is trusted vouched elsewhere: a note.</summary>
    Noted,
}

/// <summary>The signatures over a list, in any format that the verifier knows.</summary>
internal static class ListSignatures
{
    /// <summary>Verifies the signature that the list carries and every one beside it: one by a trusted signer is needed, and none may be false.</summary>
    /// <remarks>A signature by somebody unknown is noted when another one is trusted: senders sign for several receivers.</remarks>
    public static void Verify(string step, ListDocument list, ExportVerification export)
    {
        List<(string Path, Verdict Verdict)> verdicts = [];
        if (list.Holder is not null)
        {
            verdicts.Add((list.Path, export.JudgeDocument(new Signature(list.Path, export.Inventory.Control(list.Path)!.Value, list.Holder))));
        }

        foreach (string path in list.Signatures)
        {
            verdicts.Add((path, Judge(path, export.Inventory.Control(path)!.Value, list.Path, list.Content, export)));
        }

        if (verdicts.Count == 0)
        {
            export.Found.Failed(step, ExportReasons.SignatureMissing.Because($"none of {list.Path}{string.Join($", {list.Path}", SignatureNames.Suffixes)} is there"));
            return;
        }

        Conclude(step, verdicts, export, Strangers.Refused);
    }

    /// <summary>The verdict on the signature with <paramref name="content"/> at <paramref name="path"/> over a list. What is neither good nor unmistakably a signature is accounted for by nobody, as any other file.</summary>
    public static Verdict Judge(string path, ReadOnlyMemory<byte> content, string listPath, ReadOnlyMemory<byte> list, ExportVerification export)
    {
        Verdict verdict = export.Judge(new Signature(path, content), Artifact.FromBytes(listPath, list));
        if (verdict.IsTrusted || Verifier.IsUnmistakable(content))
        {
            export.Accounted.Add(path);
        }

        return verdict;
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
