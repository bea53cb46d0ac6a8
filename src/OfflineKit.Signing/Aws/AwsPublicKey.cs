using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using OfflineKit.Crypto;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Aws;

/// <summary>Reads what GetPublicKey answers: the key that was asked for, made for signing, by an algorithm that it offers.</summary>
internal static class AwsPublicKey
{
    public static PublicKey Read(AwsKeyUri uri, GetPublicKeyResponse answer, SchemeChoice choice)
    {
        // 1 The key that was asked for; an alias is resolved here, once.
        RefuseOtherKey(uri, answer.KeyId);

        // 2 Made for signing.
        if (answer.KeyUsage != KeyUsageType.SIGN_VERIFY)
        {
            throw ServiceReasons.WrongUsage.Refusal($"{answer.KeyId} is a key for {answer.KeyUsage?.Value ?? "nothing"}, wanted SIGN_VERIFY");
        }

        // 3 A public key that verifiers accept, and 4 an algorithm that the service offers for it.
        if (answer.PublicKey is null)
        {
            throw ServiceReasons.MalformedAnswer.Refusal($"{AwsKeySource.Service}: GetPublicKey answered without a public key");
        }

        KeyMaterial material = RestAnswer.Read(AwsKeySource.Service, () => SubjectPublicKeyInfo.Parse(answer.PublicKey.ToArray()));
        PublicKey key = choice.Bind(material);
        return answer.SigningAlgorithms?.Contains(key.Scheme.Label) == true
            ? key
            : throw SigningReasons.SchemeMismatch.Refusal($"{answer.KeyId} does not sign by {key.Scheme.Label}; it offers {string.Join(", ", answer.SigningAlgorithms ?? [])}");
    }

    // A key id or ARN must come back as it was asked; an alias may stand for any key of its region.
    private static void RefuseOtherKey(AwsKeyUri uri, string? answered)
    {
        bool isArn = uri.Id.StartsWith("arn:", StringComparison.Ordinal);
        bool fits = answered is not null && (uri.IsAlias
            ? answered.Contains(":key/", StringComparison.Ordinal) && (!isArn || SamePlace(uri.Id, answered))
            : isArn ? answered == uri.Id : answered.EndsWith($":key/{uri.Id}", StringComparison.Ordinal));
        if (!fits)
        {
            throw SigningReasons.WrongAnswer.Refusal($"{uri}: the service answered about key \"{answered}\"");
        }
    }

    // arn:PARTITION:kms:REGION:ACCOUNT: of both.
    private static bool SamePlace(string alias, string key)
    {
        int end = alias.IndexOf(":alias/", StringComparison.Ordinal);
        return key.StartsWith(alias[..end] + ":key/", StringComparison.Ordinal);
    }
}
