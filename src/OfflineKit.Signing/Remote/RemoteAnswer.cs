using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Remote;

/// <summary>What a signing service signed, once it is what was asked and by the keys that are pinned.</summary>
/// <param name="Envelope">The envelope.</param>
/// <param name="Statement">The statement in it.</param>
internal sealed record RemoteAnswer(ReadOnlyMemory<byte> Envelope, Statement Statement)
{
    /// <summary>The envelope in <paramref name="answer"/>.</summary>
    /// <param name="answer">What the service answered.</param>
    /// <param name="pinned">The keys that must have signed, each of them.</param>
    /// <param name="subjects">The digests that the statement must be about, and no other.</param>
    /// <param name="predicateType">What kind of statement it must be.</param>
    /// <exception cref="SigningException"><c>remote.wrong-answer</c>.</exception>
    public static RemoteAnswer Read(JsonValue answer, ImmutableArray<TrustedKey> pinned, ImmutableArray<string> subjects, string predicateType)
    {
        ReadOnlyMemory<byte> envelope = Services.RestAnswer.Read("the signing service", () => answer.Object("bundle").Object("dsse")).Raw;
        VerificationContext context = new(new TrustStore { Keys = pinned }, new Expectations { PayloadType = Statement.PayloadType, DemandedSigner = DemandedSigner.Key }, StatedTime: null);
        Verdict verdict = Verifier.Verify(new VerificationRequest(Artifact: null, envelope, context, new SignaturePolicy([new AnyTrustedKeySigned(), new EnoughKeys(pinned.Length)])) { Format = KnownFormats.ByName("dsse") });
        if (!verdict.IsTrusted)
        {
            throw RemoteReasons.WrongAnswer.Refusal($"its envelope is refused: {verdict.Findings[0].Reason.Code}: {verdict.Findings[0].Detail}");
        }

        Statement statement = DsseEnvelope.Parse(envelope).Statement.Value!;
        string[] said = [.. statement.Subjects.SelectMany(subject => subject.Digests).Where(digest => digest.Algorithm == DigestAlgorithm.Sha256).Select(digest => digest.Hex).Order(StringComparer.Ordinal)];
        return said.SequenceEqual(subjects.Order(StringComparer.Ordinal), StringComparer.Ordinal) && string.Equals(statement.PredicateType, predicateType, StringComparison.Ordinal)
            ? new RemoteAnswer(envelope, statement)
            : throw RemoteReasons.WrongAnswer.Refusal($"its statement of the type {statement.PredicateType} is about {string.Join(", ", said)}");
    }

    /// <summary>The statement says <paramref name="predicate"/>, and nothing else.</summary>
    /// <exception cref="SigningException"><c>remote.wrong-answer</c>.</exception>
    public RemoteAnswer Saying(JsonValue predicate) => Statement.Predicate is { } said && CanonicalJson.Write(said).AsSpan().SequenceEqual(CanonicalJson.Write(predicate))
        ? this
        : throw RemoteReasons.WrongAnswer.Refusal("its statement says something else than it was asked to say");
}
