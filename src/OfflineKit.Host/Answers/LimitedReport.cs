using System.Collections.Immutable;
using OfflineKit.Host.Requests;
using OfflineKit.Host.State;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Answers;

/// <summary>A report also where an input is over its limit: whoever made the file chose its size, so that is a refusal.</summary>
internal static class LimitedReport
{
    /// <summary>The report that <paramref name="verify"/> comes to; one that comes to none names the policy that binds <paramref name="machine"/>.</summary>
    public static Report Of(string artifactName, string signatureName, Machine machine, Func<Report> verify) =>
        Of(artifactName, signatureName, () => MachineRules.Of(machine, VerifyRequest.Of(Questions.File, [])).InForce, verify);

    /// <summary>The same where the policies are known.</summary>
    public static Report Of(string artifactName, string signatureName, Func<ImmutableArray<PolicyInForce>> policies, Func<Report> verify)
    {
        try
        {
            return verify();
        }
        catch (InputTooLargeException fault)
        {
            return new Report(artifactName, ArtifactSize: -1, [], signatureName, Verdict.Refused(format: "", Reasons.InputTooLarge.Because(fault.Message)), [], policies());
        }
    }
}
