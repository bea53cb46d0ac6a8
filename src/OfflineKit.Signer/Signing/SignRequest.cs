using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Entitlements;
using OfflineKit.Signer.Http;

namespace OfflineKit.Signer.Signing;

/// <summary>One thing that a statement speaks of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Digests">Its digests by algorithm, lower-case hex; SHA-256 is among them.</param>
internal sealed record StatementSubject(string Name, ImmutableSortedDictionary<string, string> Digests)
{
    /// <summary>Its SHA-256.</summary>
    public string Sha256 => Digests["sha256"];
}

/// <summary>What a client chooses.</summary>
/// <param name="Mode">How it is signed; null is the profile's way.</param>
/// <param name="Signers">By whom; empty is everybody of the profile.</param>
/// <param name="WantsBundles">Whether Sigstore bundles are wanted besides the envelope.</param>
/// <param name="WantsChain">Whether the answer carries the certificates.</param>
internal sealed record SignOptions(SigningMode? Mode, ImmutableArray<string> Signers, bool WantsBundles, bool WantsChain)
{
    private const int MostSigners = 8;

    /// <summary>The member <c>options</c>, or what holds without it.</summary>
    public static SignOptions Of(JsonValue? json)
    {
        if (json is null)
        {
            return new SignOptions(null, [], WantsBundles: false, WantsChain: true);
        }

        json.RefuseOtherMembers("mode", "signers", "output", "embedChain");
        ImmutableArray<string> signers = json.Optional("signers") is { } list ? [.. list.Elements.Select(name => name.Text)] : [];
        if (json.Optional("signers") is not null && (signers.Length is 0 or > MostSigners || signers.Distinct(StringComparer.Ordinal).Count() != signers.Length))
        {
            throw new MalformedException($"{json.Path}.signers: wanted 1 to {MostSigners} names, none twice");
        }

        ImmutableArray<string> output = json.Optional("output") is { } forms ? [.. forms.Elements.Select(form => form.Text)] : ["dsse"];
        bool isKnown = output.All(form => form is "dsse" or "sigstore") && output.Contains("dsse", StringComparer.Ordinal) && output.Distinct(StringComparer.Ordinal).Count() == output.Length;
        return isKnown
            ? new SignOptions(json.OptionalString("mode") is { } mode ? Entitlement.ModeOf(mode) : null, signers, output.Contains("sigstore", StringComparer.Ordinal), json.Optional("embedChain")?.Boolean ?? true)
            : throw new MalformedException($"{json.Path}.output: wanted dsse, and sigstore besides if at all");
    }
}

/// <summary>A request for one signed statement, as it was read; nothing in it is trusted.</summary>
/// <param name="Subjects">What the statement speaks of.</param>
/// <param name="PredicateType">What kind of thing it says.</param>
/// <param name="Predicate">What it says.</param>
/// <param name="Poe">The proof of entitlement.</param>
/// <param name="Options">What the client chooses.</param>
internal sealed record SignRequest(ImmutableArray<StatementSubject> Subjects, string PredicateType, JsonValue Predicate, PoeRequest Poe, SignOptions Options)
{
    /// <summary>The digest of the scanner's image, <c>sha256:HEX</c>, or null.</summary>
    public string? Scanner { get; init; }

    /// <summary>The request in the body of <c>sign/dsse</c>.</summary>
    /// <exception cref="MalformedException">A member is missing, unknown or of the wrong kind.</exception>
    /// <exception cref="RefusedException"><c>invalid_digest</c>, <c>subject_conflict</c>, <c>unsupported_poe_format</c>.</exception>
    public static SignRequest Parse(JsonValue json)
    {
        json.RefuseOtherMembers("subject", "predicateType", "predicate", "scannerImageDigest", "scannerVersion", "poe", "options");
        string type = json.String("predicateType");
        _ = json.OptionalString("scannerVersion");
        return new SignRequest(
            SubjectList.Parse(json["subject"]),
            type.Length is > 0 and <= 1024 ? type : throw new MalformedException("request.predicateType: empty or too long"),
            json.Object("predicate"),
            PoeRequest.Of(json.Object("poe")),
            SignOptions.Of(json.Optional("options")))
        {
            Scanner = json.OptionalString("scannerImageDigest") is { } digest ? SubjectList.ImageDigest(digest) : null,
        };
    }
}
