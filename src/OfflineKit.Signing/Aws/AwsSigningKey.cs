using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using OfflineKit.Crypto;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Aws;

/// <summary>A key of AWS KMS, addressed by its ARN whatever the user wrote.</summary>
/// <remarks>
/// The digest is sent, never the message: RAW ends at 4096 bytes, and key policies may demand <c>kms:MessageType</c> = <c>DIGEST</c>.
/// Only ED25519_SHA_512 knows nothing but RAW. ML_DSA_SHAKE_256 takes a longer message by its μ, and signs the same.
/// </remarks>
internal sealed class AwsSigningKey(AwsKeyUri uri, PublicKey publicKey, string arn, AmazonKeyManagementServiceClient client, AwsCaller caller)
    : SigningKey(uri, publicKey, arn)
{
    private const int RawLimit = 4096;

    public override ValueTask DisposeAsync()
    {
        client.Dispose();
        return base.DisposeAsync();
    }

    protected override Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation) =>
        AskAsync(digest.Bytes.ToArray(), MessageType.DIGEST, cancellation);

    protected override Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => message.Length switch
    {
        0 or > RawLimit when PublicKey.Scheme == SignatureScheme.MlDsa => AskAsync(MlDsaParameterSet.Mu(PublicKey.Material.MlDsaBytes.Span, message.Span), MessageType.EXTERNAL_MU, cancellation),
        0 => throw ServiceReasons.MessageTooLong.Refusal($"{Reference}: {AwsKeySource.Service} signs no empty message by {PublicKey.Scheme.Label}"),
        > RawLimit => throw ServiceReasons.MessageTooLong.Refusal($"{Reference}: {message.Length} bytes, {AwsKeySource.Service} signs at most {RawLimit} by {PublicKey.Scheme.Label}"),
        _ => AskAsync(message.ToArray(), MessageType.RAW, cancellation),
    };

    private async Task<KeyAnswer> AskAsync(byte[] message, MessageType type, CancellationToken cancellation)
    {
        SignRequest request = new()
        {
            KeyId = Reference,
            Message = new MemoryStream(message, writable: false),
            MessageType = type,
            SigningAlgorithm = PublicKey.Scheme.Label,
        };
        SignResponse answer = await caller.CallAsync("Sign", Reference, token => client.SignAsync(request, token), cancellation).ConfigureAwait(false);
        if (answer.Signature is null || answer.SigningAlgorithm is null || answer.KeyId is null)
        {
            throw ServiceReasons.MalformedAnswer.Refusal($"{AwsKeySource.Service}: Sign answered without signature, algorithm or key");
        }

        SignatureScheme scheme = SignatureScheme.ByLabel(answer.SigningAlgorithm.Value)
            ?? throw SigningReasons.WrongAnswer.Refusal($"{Reference} answered with {answer.SigningAlgorithm.Value}, wanted {PublicKey.Scheme.Label}");
        byte[] value = RestAnswer.Read(AwsKeySource.Service, () => Value(answer.Signature.ToArray()));
        return new KeyAnswer(value, scheme, answer.KeyId, answer.ResponseMetadata?.RequestId ?? "");
    }

    private byte[] Value(byte[] signature) => EcdsaSignature.Plain(PublicKey.Material, signature, EcdsaEncoding.Der);
}
