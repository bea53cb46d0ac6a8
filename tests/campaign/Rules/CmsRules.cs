using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Rules;

/// <summary>What a CMS message leaves unsigned: a signature file, or the timestamp token within one.</summary>
internal static partial class CmsRules
{
    /// <summary>Each of them.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        new("BER of a CMS message", "RFC 5652, section 3: BER is allowed wherever DER is not demanded", static one => Part(one) is { } part && !part.Before.Differences(part.After).Any()),
        new("absent or null parameters", "RFC 5754, section 2: both mean the same", static one => Part(one) is { } part && part.Before.WithoutNulls().Written().AsSpan().SequenceEqual(part.After.WithoutNulls().Written())),
        new("an element of a set twice", "RFC 5652, section 5.1: signerInfos is a set; signers are counted by their keys", static one => Part(one) is { } part && part.Before.WithoutTwins().Written().AsSpan().SequenceEqual(part.After.WithoutTwins().Written())),
        new("hash functions named ahead", "RFC 5652, section 5.1: digestAlgorithms is there to read a message in one pass; each signer names his own", static one => Part(one) is { } part && part.Before.Differences(part.After).All(path => DerTree.IsWithin(path, "/1/0/1"))),
        new("how a signer whose key is pinned is called", "docs/spec/cms.md: without --ca the pinned key decides, and the certificate does not matter; RFC 5652, section 5.3: sid is not signed", static one => !one.Case.Arguments.Contains("--ca") && one.RestsOnTheSame && Part(one) is { } part && part.Before.Differences(part.After).All(static path => SignerName().IsMatch(path))),
        new("a CMS element that nothing rests on", "RFC 5652, section 5.1: digestAlgorithms, certificates and crls are hints; unsignedAttrs and other signers are unsigned", static one => Part(one) is { } part && part.Before.Differences(part.After).All(path => IsUnneeded(one, part, path))),
    ];

    // The number of signerInfos depends on what stands before it: certificates and crls may be absent.
    [GeneratedRegex(@"^/1/0/[3-5]/\d+/1(/|$)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SignerName();

    private static DerPart? Part(Acceptance one) => one.File.Role is FileRole.Artifact or FileRole.Root or FileRole.Policy ? null : DerPart.Of(one);

    private static bool IsUnneeded(Acceptance one, DerPart whole, string path)
    {
        for (string part = path; part.Length > 0; part = part[..part.LastIndexOf('/')])
        {
            if (one.IsAcceptedWith(whole.Around(whole.Before.Without(part).Written())))
            {
                return true;
            }
        }

        return false;
    }
}
