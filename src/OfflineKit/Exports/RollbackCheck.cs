namespace OfflineKit.Exports;

/// <summary>The last step of every layout: an export is newer than the newest one that was accepted before it.</summary>
internal static class RollbackCheck
{
    private const string Step = "monotonic";

    /// <summary>Compares with what was accepted, when the caller keeps imports in order.</summary>
    public static void Verify(ExportVerification export)
    {
        if (export.Request.Accepted is not { } accepted || !export.Found.IsClean)
        {
            return;
        }

        Finding? finding = export.Version is not { } version
            ? ExportReasons.Unversioned.Because("the layout names no version, so an older export cannot be told from a newer one")
            : accepted.FirstOrDefault(known => string.Equals(known.Sequence, version.Sequence, StringComparison.Ordinal)) is { } newest ? Judge(version, newest) : null;
        if (finding is null)
        {
            export.Found.Passed(Step, $"{export.Version!.Sequence} {export.Version.Version} is not older than what was accepted before");
        }
        else if (export.Request.Activation == ActivationRule.Forced)
        {
            export.Found.NotEvaluated(Step, $"forced by the operator: {finding.Detail}");
            export.Found.Noted("note.forced", $"{finding.Reason.Code}: {finding.Detail}; the operator forced the activation");
        }
        else
        {
            export.Found.Failed(Step, finding);
        }
    }

    // The very same list may be imported again; the same version with another list may not.
    private static Finding? Judge(ExportVersion version, ExportVersion newest)
    {
        int order = version.OrderAgainst(newest);
        return order > 0 || (order == 0 && version.List.Equals(newest.List)) ? null : ExportReasons.Rollback.Because(order < 0
            ? $"{version.Sequence} {version.Version} is older than {newest.Version}, which was accepted before"
            : $"{version.Sequence} {version.Version} was accepted before with another list, {newest.List}; this one is {version.List}");
    }
}
