using OfflineKit.Encoding;
using OfflineKit.Signer.Http;

namespace OfflineKit.Signer.Signing;

/// <summary>What a report must say of the policy that it was made under: <c>predicate.policy = {"digest": "sha256:…", "viewSet": ["…"]}</c>.</summary>
internal static class PolicyMetadata
{
    /// <summary>Refuses a predicate without it.</summary>
    /// <exception cref="RefusedException"><c>policy_metadata_missing</c>.</exception>
    public static void Require(JsonValue predicate)
    {
        Result<JsonValue> read = Result.Parse(Reasons.MalformedSignature, () => Read(predicate));
        if (read.Finding is { } finding)
        {
            throw Problems.PolicyMetadataMissing.Because(finding.Detail);
        }
    }

    private static JsonValue Read(JsonValue predicate)
    {
        JsonValue policy = predicate.Object("policy");
        string digest = policy.String("digest");
        bool isDigest = digest.StartsWith("sha256:", StringComparison.Ordinal) && digest.Length == 71 && digest[7..].All(char.IsAsciiHexDigitLower);
        return isDigest && policy.Array("viewSet") is { IsEmpty: false } views && views.All(view => view.Text.Length > 0)
            ? policy
            : throw new MalformedException("predicate.policy: wanted digest sha256:HEX and a viewSet of names");
    }
}
