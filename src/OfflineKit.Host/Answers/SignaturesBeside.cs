using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Answers;

/// <summary>Several signatures that were found beside a file: what one of them proves does not depend on whether another can be read.</summary>
internal static class SignaturesBeside
{
    /// <summary>What <paramref name="ask"/> says of each. One that cannot be read is refused for that where another is trusted; where none is, nothing is decided.</summary>
    /// <exception cref="IOException">One cannot be read, and no other is trusted.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static ImmutableArray<Report> Each(ImmutableArray<string> signatures, Func<string, Report> ask)
    {
        ImmutableArray<Asked> asked = [.. signatures.Select(signature => Ask(signature, ask))];
        Report? trusted = asked.Select(one => one.Report).FirstOrDefault(report => report?.Verdict.IsTrusted == true);
        if (trusted is null && asked.Select(one => one.Fault).OfType<Exception>().FirstOrDefault() is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }

        return [.. asked.Select(one => one.Report ?? trusted! with { SignatureName = one.Signature, Verdict = Verdict.Refused(format: "", Reasons.UnreadableSignature.Because(one.Fault!.Message)) })];
    }

    private static Asked Ask(string signature, Func<string, Report> ask)
    {
        try
        {
            return new Asked(signature, ask(signature), Fault: null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Asked(signature, Report: null, fault);
        }
    }

    private sealed record Asked(string Signature, Report? Report, Exception? Fault);
}
