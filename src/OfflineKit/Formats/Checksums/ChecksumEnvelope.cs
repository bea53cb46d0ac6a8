using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Checksums;

/// <summary>Checksums by file name, or one checksum without a name, that nobody signed.</summary>
/// <remarks>Source: docs/spec/checksums.md.</remarks>
internal sealed class ChecksumEnvelope : Envelope
{
    private const int Digits = 64;

    private readonly ImmutableArray<ListedFile> _files;
    private readonly bool _isNameless;

    private ChecksumEnvelope(ImmutableArray<ListedFile> files) => (_files, _isNameless) = (files, files is [{ Path: "" }]);

    /// <inheritdoc/>
    public override string Format => "checksums";

    /// <inheritdoc/>
    public override bool NeedsTrust => false;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
        [.. _files.SelectMany(file => file.Digests.Select(digest => new Claim(file.Path.Length == 0 ? "checksum" : file.Path, digest.ToString())))];

    /// <summary>The content is one SHA-256 digest in hex and nothing else.</summary>
    public static bool IsLoneDigest(ReadOnlySpan<byte> content) =>
        content.TrimEnd("\r\n"u8) is { Length: Digits } digest && StrictHex.IsInEitherCase(digest);

    /// <summary>The list in <paramref name="content"/>, or its one line of hex.</summary>
    public static ChecksumEnvelope Parse(ReadOnlySpan<byte> content)
    {
        if (IsLoneDigest(content))
        {
            string hex = System.Text.Encoding.ASCII.GetString(content[..Digits]).ToLowerInvariant();
            return new ChecksumEnvelope([new ListedFile("", size: null, Digest.FromHex(DigestAlgorithm.Sha256, hex, "checksum"))]);
        }

        ImmutableArray<ListedFile> files = [.. ChecksumList.Parse(content, "checksum list").Files.Values];
        return files.FirstOrDefault(file => !IsInside(file.Path)) is { } outside
            ? throw new MalformedException($"checksum list: \"{outside.Path}\" is no plain relative name")
            : new ChecksumEnvelope(files);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) =>
        ReadingPlan.Of([DigestAlgorithm.Sha256, .. _files.SelectMany(file => file.Digests).SelectMany(digest => digest.AnyOf).Select(digest => digest.Algorithm).Distinct().Where(other => other != DigestAlgorithm.Sha256)]);

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        Verification verification = new();
        if (artifact.IsDigestOnly)
        {
            return Proof.Refused(Reasons.DigestOnly.Because("the content of the file is not known"));
        }

        if (Listed(artifact.Name) is not { } listed)
        {
            return Proof.Refused(ChecksumReasons.NotListed.Because($"none of the {_files.Length} entries is {artifact.Name}"));
        }

        if (listed.Misfit(artifact.Digest) is { } other)
        {
            verification.Failed("checksum", ChecksumReasons.Mismatch.Because($"listed {other}, computed {other.Computed(artifact.Digest)}"));
        }
        else
        {
            verification.Passed("checksum", $"{string.Join(", ", listed.Digests)} is the listed checksum");
        }

        verification.Noted("note.integrity-only", _isNameless
            ? "the signature file holds a checksum, not a signature: its name is misleading, and a checksum proves no signer"
            : "a checksum proves no signer: trust comes only from a signature over the list");
        return verification.Close();
    }

    private ListedFile? Listed(string artifact) => _isNameless ? _files[0] : FilePlace.Elsewhere(artifact).In(_files);

    private static bool IsInside(string name) => name[0] != '/' && !name.Contains('\\', StringComparison.Ordinal) && !name.Contains(':', StringComparison.Ordinal)
        && !name.Split('/').Any(part => part is "" or "." or "..");
}
