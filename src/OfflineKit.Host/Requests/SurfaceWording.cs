using OfflineKit.Reporting;

namespace OfflineKit.Host.Requests;

/// <summary>What users of the command line call the parameters.</summary>
internal static class SurfaceWording
{
    // What a question is about is no parameter of it, and importing trust is a command: both have options.
    private static readonly (string Member, string Option)[] Others = [("signaturePath", "--signature"), ("acceptExpiredMetadata", "--accept-expired-metadata"), ("importName", "--name")];

    /// <summary>Options: <c>--key</c>.</summary>
    public static Wording CommandLine { get; } = new(OptionOf);

    private static string? OptionOf(string member) => RequestParameters.All.FirstOrDefault(parameter => parameter.Member == member)?.Option
        ?? Others.Where(other => other.Member == member).Select(other => other.Option).FirstOrDefault();
}
