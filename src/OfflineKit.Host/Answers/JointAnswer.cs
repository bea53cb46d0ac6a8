using System.Collections.Immutable;
using OfflineKit.Exports;
using OfflineKit.FileSystem;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Answers;

/// <summary>The answer about several signatures of one file that only together are enough.</summary>
internal static class JointAnswer
{
    /// <summary>What those of <paramref name="reports"/> say together that are refused for nothing but the number of signers; null where one is trusted by itself, or fewer than two are so.</summary>
    /// <param name="trust">The question with its trust.</param>
    /// <param name="subject">The file.</param>
    /// <param name="format">The format of each signature; null: recognised.</param>
    /// <param name="time">The time of verification.</param>
    /// <param name="reports">What each signature says by itself.</param>
    public static Report? Of(Resolution trust, Subject subject, Format? format, DateTimeOffset time, ImmutableArray<Report> reports)
    {
        ImmutableArray<Report> few = reports.Any(report => report.Verdict.IsTrusted) ? [] : [.. reports.Where(IsTooFew).DistinctBy(report => report.SignatureName, StringComparer.Ordinal)];
        if (trust.Value is not { } resolved || few.Length < 2)
        {
            return null;
        }

        ImmutableArray<NamedContent> signatures = [.. few.Select(report => new NamedContent(report.SignatureName, subject.Read(report.SignatureName, Limits.SignatureFile, "signature file")))];
        using Artifact artifact = subject.Open();
        JointVerdict joint = JointSignatures.Verify(new JointRequest(artifact, signatures, resolved.Context(time), resolved.Each, resolved.All(time)) { Format = format });
        string first = joint.Each.Where(one => one.Value.IsTrusted).Select(one => one.Key).FirstOrDefault(joint.Each[0].Key);
        return new Report(subject.Name, artifact.Size, [.. artifact.Digests.Select(digest => digest.ToString())], first, joint.Whole, trust.Roots, trust.Policies)
        {
            Notes = trust.Notes,
            Others = [.. joint.Each.Where(one => one.Key != first).Select(one => new OtherSignature(one.Key, one.Value)), .. reports.Except(few).Select(OtherSignature.Of)],
        };
    }

    // What can be read only once was read already.
    private static bool IsTooFew(Report report) =>
        !report.Verdict.IsTrusted && report.Verdict.Findings.All(finding => finding.Shortfall is not null) && JointSignatures.CountsWithOthers(report.Verdict.Format) && FileStatus.Of(report.SignatureName) == FileType.File;
}
