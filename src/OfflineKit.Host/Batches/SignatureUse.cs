using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Host.Results;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Batches;

/// <summary>Which files were used as signatures of another one: the one rule by which a file needs no line of its own.</summary>
/// <param name="Used">Those that were: by somebody who was asked for, or unmistakably a signature.</param>
/// <param name="NotUsed">Those that were tried and are files like any other, with what was said of them.</param>
/// <remarks>
/// A name proves nothing, nor does a length, nor how a file begins: a script may be called <c>app.sig</c>, have the 64 bytes of a signature value, or end in one.
/// Beside a file that is trusted, one counts that is trusted itself, or that somebody else made in a form that nothing else has; beside one that is refused, also the well-formed
/// signature that refuses it, which the line of that file names.
/// </remarks>
internal sealed record SignatureUse(ImmutableArray<string> Used, ImmutableArray<OtherSignature> NotUsed)
{
    /// <summary>No file was.</summary>
    public static SignatureUse Nothing { get; } = new([], []);

    /// <summary>What was used according to <paramref name="reports"/>.</summary>
    /// <param name="reports">What was said of the file, each with all signatures that it tried.</param>
    /// <param name="standing">Where the file stands after all.</param>
    public static SignatureUse In(ImmutableArray<Report> reports, Standing standing)
    {
        List<string> used = [];
        List<OtherSignature> notUsed = [];
        foreach (OtherSignature one in reports.SelectMany(report => report.Others.Prepend(OtherSignature.Of(report)).Where(one => one.Name != report.ArtifactName)))
        {
            if (IsUsed(one, standing))
            {
                used.Add(one.Name);
            }
            else
            {
                notUsed.Add(one);
            }
        }

        return new SignatureUse([.. used.Distinct(StringComparer.Ordinal)], [.. notUsed]);
    }

    private static bool IsUsed(OtherSignature signature, Standing ofFile) => Standings.Of(signature.Verdict) switch
    {
        Standing.Trusted or Standing.TooFewSigned => true,
        Standing.SignerNotAsked => IsUnmistakable(signature.Name),
        _ => (ofFile != Standing.Trusted || Standings.IsByAnyone(signature.Verdict)) && IsUnmistakable(signature.Name),
    };

    private static bool IsUnmistakable(string path) =>
        FileStatus.Of(path) == FileType.File && PlainFile.Length(path) <= Limits.SignatureFile && Verifier.IsUnmistakable(InputFile.ReadAll(path, Limits.SignatureFile, "signature file"));
}
