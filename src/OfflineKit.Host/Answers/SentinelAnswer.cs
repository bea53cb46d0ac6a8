using OfflineKit.FileSystem;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Answers;

/// <summary>The answer about a Sentinel policy, and what a policy server would do with it.</summary>
/// <param name="Report">The verdict.</param>
/// <param name="Decision">What the server would do; null where none was asked for.</param>
internal sealed record SentinelAnswer(Report Report, LoadDecision? Decision)
{
    // Nothing that is refused is said to be loaded, whatever a server would do with it.
    private const string Unverified = "a server that only warns would use it without verification, which is no trust";

    /// <summary>The answer about <paramref name="subject"/>, whose signature is named, and may be absent where a server is asked for.</summary>
    /// <exception cref="UsageException">A file is not there.</exception>
    public static SentinelAnswer Of(Resolution trust, Subject subject, Loader? loader, DateTimeOffset time)
    {
        bool isUnsigned = loader is not null && IsAbsent(subject.Signature!);
        RefuseMissing(subject.Content is null ? subject.Name : null, "policy file");
        RefuseMissing(isUnsigned ? null : subject.Signature, "signature file");
        Report report = isUnsigned ? Unsigned(trust, subject, time) : FileAnswer.Of(trust, subject, new SentinelFormat(), time);
        // A server that only warns takes what nobody demands a signature of: where a policy counts, somebody does.
        Loader? strict = report.Policies.IsEmpty ? loader : loader is null ? null : loader with { Enforcement = Enforcement.Enforce };
        return strict?.Decide(isUnsigned ? null : report.Verdict) is { } decision
            ? new SentinelAnswer(report with { Words = [KeyValuePair.Create("loader", Said(decision, report.Verdict))] }, decision)
            : new SentinelAnswer(report, Decision: null);
    }

    /// <summary>The server that <paramref name="enforcement"/> names (<c>enforce</c> or <c>warn</c>); null: none.</summary>
    /// <exception cref="UsageException">There is no such server.</exception>
    public static Loader? LoaderOf(string? enforcement, string parameter) => enforcement switch
    {
        null => null,
        "enforce" => new Loader(Enforcement.Enforce, parameter),
        "warn" => new Loader(Enforcement.Warn, parameter),
        _ => throw new UsageException($"enforcement is \"{enforcement}\"", "give enforce or warn"),
    };

    private static string Said(LoadDecision decision, Verdict verdict) =>
        !decision.IsLoaded ? "refuses the policy" : verdict.IsTrusted ? "loads the policy" : Unverified;

    private static Report Unsigned(Resolution trust, Subject subject, DateTimeOffset time)
    {
        Finding finding = trust.Objection(time) ?? SentinelReasons.NotSigned.Because($"there is no signature {subject.Signature}");
        return new Report(subject.Name, ArtifactSize: -1, [], subject.Signature!, Verdict.Refused("sentinel", finding), trust.Roots, trust.Policies) { Notes = trust.Notes };
    }

    private static bool IsAbsent(string path) => path != "-" && FileStatus.Of(path) == FileType.Absent;

    private static void RefuseMissing(string? path, string what)
    {
        if (path is not null && IsAbsent(path))
        {
            throw new MissingInputException($"{what} not found: {TerminalText.Escape(path)}", "check that the path is right");
        }
    }

    /// <summary>The server whose decision is asked for.</summary>
    /// <param name="Enforcement">What it is configured for.</param>
    /// <param name="Parameter">What it calls the policy.</param>
    internal sealed record Loader(Enforcement Enforcement, string Parameter)
    {
        /// <summary>What it would do; a null <paramref name="verdict"/> says that there is no signature.</summary>
        public LoadDecision Decide(Verdict? verdict) => LoadRule.Decide(
            Parameter, ParameterLookup.Found, verdict is null ? ParameterLookup.NotFound : ParameterLookup.Found, verdict, Enforcement);
    }
}
