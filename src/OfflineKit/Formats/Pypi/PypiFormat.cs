using System.Collections.Immutable;
using System.Globalization;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Formats.Sigstore;
using OfflineKit.X509;

namespace OfflineKit.Formats.Pypi;

/// <summary>PEP 740: an attestation of a Python distribution, or the provenance object in which an index collects them.</summary>
/// <remarks>Source: docs/spec/pypi.md.</remarks>
internal sealed class PypiFormat : Format
{
    /// <inheritdoc/>
    public override string Name => "pypi";

    /// <inheritdoc/>
    public override string Title => "PyPI attestation or provenance (PEP 740)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".publish.attestation", ".slsa.attestation", ".provenance"];

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) =>
        (content.IndexOf("\"attestation_bundles\""u8) >= 0 || content.IndexOf("\"verification_material\""u8) >= 0)
        && !Encoding.JsonLines.LooksLike(content)
        && JsonOutline.Of(content) is { } names
        && (names.Contains("attestation_bundles") || names.Contains("verification_material"));

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations)
    {
        JsonValue json = StrictJson.ParseObject(content, "attestation");
        RequireVersion(json);
        return json.Optional("attestation_bundles") is { } bundles ? Provenance(json, bundles.Elements) : Attestation(json);
    }

    // The publisher of a bundle is the index's claim; whom to trust is the caller's to say.
    private EnvelopeCollection Provenance(JsonValue json, ImmutableArray<JsonValue> bundles)
    {
        json.RefuseOtherMembers("version", "attestation_bundles");
        var members = ImmutableArray.CreateBuilder<CollectionMember>();
        foreach (JsonValue bundle in bundles)
        {
            string publisher = bundle.Object("publisher").String("kind");
            foreach (JsonValue attestation in bundle.Array("attestations"))
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"attestation {members.Count + 1} ({publisher})");
                members.Add(new CollectionMember(name, Result.Parse<Envelope>(Reasons.MalformedSignature, () => Versioned(attestation))));
            }
        }

        return members.Count <= Limits.CollectionLines
            ? new EnvelopeCollection(Name, members.DrainToImmutable())
            : throw new MalformedException(Reasons.InputTooLarge, $"{members.Count} attestations, limit {Limits.CollectionLines}");
    }

    private static PypiEnvelope Versioned(JsonValue json)
    {
        RequireVersion(json);
        return Attestation(json);
    }

    private static void RequireVersion(JsonValue json)
    {
        if (json["version"].Integer != 1)
        {
            throw new MalformedException(PypiReasons.Version, $"{json.Path}.version: {json["version"].Integer}, wanted 1");
        }
    }

    private static PypiEnvelope Attestation(JsonValue json)
    {
        json.RefuseOtherMembers("version", "verification_material", "envelope");
        JsonValue material = json.Object("verification_material"), envelope = json.Object("envelope");
        material.RefuseOtherMembers("certificate", "transparency_entries");
        envelope.RefuseOtherMembers("statement", "signature");
        byte[] signature = envelope.Base64("signature");
        SigstoreBundle bundle = new()
        {
            Version = BundleVersion.V03,
            Leaf = Certificate.Parse(material.Base64("certificate")),
            Entries = SigstoreBundle.ParseEntries(material, "transparency_entries"),
            Envelope = DsseEnvelope.Of(Statement.PayloadType, envelope.Base64("statement"), signature),
            Signature = signature,
        };
        return bundle.Entries.IsEmpty
            ? throw new MalformedException($"{material.Path}.transparency_entries: empty")
            : new PypiEnvelope(bundle.RequireProofs());
    }
}
