using System.Collections.Immutable;
using OfflineKit.Policy;

namespace OfflineKit;

/// <summary>The one place that knows what each expectation is: a demand that a format answers, a demand on the evidence of any format, or a permission.</summary>
/// <remarks>A test holds the three tables against the members of <see cref="Expectations"/>. Source: docs/spec/demands.md.</remarks>
internal static class Demands
{
    /// <summary>The expectations that only some formats can answer.</summary>
    public static ImmutableArray<ExpectedAnswer> OfFormats { get; } =
    [
        new(Demand.Algorithm, nameof(Expectations.Algorithm), expected => expected.Algorithm is not null),
        new(Demand.SignatureEncoding, nameof(Expectations.EcdsaEncoding), expected => expected.EcdsaEncoding is not null),
        new(Demand.SignatureText, nameof(Expectations.SignatureText), expected => expected.SignatureText is not null),
        new(Demand.DigestInput, nameof(Expectations.ArtifactIsDigest), expected => expected.ArtifactIsDigest),
        new(Demand.Certificate, nameof(Expectations.Certificate), expected => expected.Certificate is not null),
        new(Demand.EveryMember, nameof(Expectations.DemandsEveryMember), expected => expected.DemandsEveryMember),
        new(Demand.ImageReference, nameof(Expectations.ImageReference), expected => expected.ImageReference is not null),
        new(Demand.Namespace, nameof(Expectations.Namespace), expected => expected.Namespace is not null),
        new(Demand.Secret, nameof(Expectations.Secrets), expected => !expected.Secrets.IsEmpty),
    ];

    /// <summary>The expectations that are held against the evidence, so that every format answers them.</summary>
    public static ImmutableArray<string> OfEvidence { get; } =
        [nameof(Expectations.PayloadType), nameof(Expectations.Threshold), nameof(Expectations.Identity), nameof(Expectations.DemandedSigner)];

    /// <summary>The expectations that only widen what is accepted: they may stay unused.</summary>
    public static ImmutableArray<string> Permissions { get; } =
        [nameof(Expectations.AllowBareSignature), nameof(Expectations.AllowLegacyMinisign), nameof(Expectations.AllowLegacyDossierBody), nameof(Expectations.AllowPromiseOnly), nameof(Expectations.AllowTimestampOnly)];

    /// <summary>What is demanded of the evidence of a whole verification, whatever its format.</summary>
    public static IEnumerable<Requirement> OnEvidence(Expectations expected)
    {
        if (expected.DemandedSigner != DemandedSigner.Unnamed)
        {
            yield return new SignedAsNamed(expected.DemandedSigner);
        }

        if (expected.PayloadType is { } type)
        {
            yield return new StatesPayload(type);
        }

        if (expected.Threshold > 1)
        {
            yield return new EnoughKeys(expected.Threshold);
        }

        if (expected.Identity is { } identity)
        {
            yield return new SignedInTheNameOf(identity);
        }
    }

    /// <summary>The refusals of the demands in <paramref name="context"/> that are not among <paramref name="answered"/>.</summary>
    /// <param name="context">What the caller expects.</param>
    /// <param name="answered">What the envelope or layout answers, and the scope of the keys that signed.</param>
    /// <param name="what">What was asked, for the message.</param>
    public static ImmutableArray<Finding> Unanswered(VerificationContext context, ImmutableArray<Demand> answered, string what)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (ExpectedAnswer demand in OfFormats)
        {
            if (demand.IsMade(context.Expectations) && !answered.Contains(demand.Demand))
            {
                findings.Add(Refusal(demand.Demand, what));
            }
        }

        // Who names an authority wants a certificate under it; a signature that has none is by nobody of its.
        if (context.Trust.DemandsAuthority && !answered.Contains(Demand.Authority))
        {
            findings.Add(Refusal(Demand.Authority, what));
        }

        return findings.ToImmutable();
    }

    /// <summary>The refusal of <paramref name="demand"/>, which <paramref name="what"/> cannot answer.</summary>
    public static Finding Refusal(Demand demand, string what) => Reasons.DemandUnanswered.Because($"{InWords(demand)} was demanded, and {what} cannot answer that");

    /// <summary>The demand as a noun.</summary>
    public static string InWords(Demand demand) => demand switch
    {
        Demand.Algorithm => "an algorithm",
        Demand.SignatureEncoding => "an encoding of ECDSA signatures",
        Demand.SignatureText => "a text encoding of the signature file",
        Demand.DigestInput => "that the file holds a digest",
        Demand.Certificate => "a certificate beside the signature",
        Demand.EveryMember => "that every member is trusted",
        Demand.ImageReference => "the name of an image",
        Demand.Namespace => "a namespace",
        Demand.Secret => "an HMAC under a secret",
        Demand.Authority => "a certificate under an authority",
        Demand.List => "a list by its name",
        Demand.LogKey => "a receipt of a log",
        _ => throw new ArgumentOutOfRangeException(nameof(demand), demand, "no such demand"),
    };
}
