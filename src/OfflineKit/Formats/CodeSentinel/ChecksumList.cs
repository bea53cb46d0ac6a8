using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.CodeSentinel;

/// <summary>Checksums by file name, or one checksum without a name.</summary>
/// <remarks>Source: docs/spec/checksums.md.</remarks>
internal sealed class ChecksumList : Envelope
{
    private const int Digits = 64;

    private readonly ImmutableArray<(string Name, Digest Digest)> _entries;
    private readonly bool _isNameless;

    private ChecksumList(ImmutableArray<(string Name, Digest Digest)> entries)
    {
        _entries = entries;
        _isNameless = entries is [{ Name: "" }];
    }

    /// <inheritdoc/>
    public override string Format => "checksums";

    /// <inheritdoc/>
    public override bool NeedsTrust => false;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims => [.. _entries.Select(entry => new Claim(entry.Name.Length == 0 ? "checksum" : entry.Name, entry.Digest.ToString()))];

    /// <summary>The list in <paramref name="content"/>: <c>HEX  NAME</c>, <c>HEX *NAME</c> or <c>SHA256 (NAME) = HEX</c> lines, or one line of hex.</summary>
    public static ChecksumList Parse(ReadOnlySpan<byte> content)
    {
        var entries = ImmutableArray.CreateBuilder<(string Name, Digest Digest)>();
        HashSet<string> names = new(StringComparer.Ordinal);
        LineCursor lines = new(content);
        for (int number = 1; !lines.AtEnd; number++)
        {
            string line = Utf8Text.DecodePrintable(lines.Line("checksum line"), $"line {number}");
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            (string Name, Digest Digest) entry = Entry(line, $"line {number}");
            if (!names.Add(entry.Name))
            {
                throw new MalformedException($"line {number}: \"{entry.Name}\" is listed twice");
            }

            entries.Add(entry);
        }

        return entries.Count > 1 && names.Contains("") || entries.Count == 0
            ? throw new MalformedException("not a checksum list: a line has no file name")
            : new ChecksumList(entries.DrainToImmutable());
    }

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context) => ReadingPlan.Of(DigestAlgorithm.Sha256);

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        Verification verification = new();
        if (artifact.Digest(DigestAlgorithm.Sha256) is not { } computed)
        {
            return Proof.Refused(Reasons.DigestOnly.Because("the SHA-256 of the file is not known"));
        }

        if (Listed(artifact.Name) is not { } listed)
        {
            return Proof.Refused(CodeSentinelReasons.NotListed.Because($"none of the {_entries.Length} entries is {artifact.Name}"));
        }

        if (computed.Equals(listed))
        {
            verification.Passed("checksum", $"{computed} is the listed checksum");
        }
        else
        {
            verification.Failed("checksum", CodeSentinelReasons.ChecksumMismatch.Because($"listed {listed}, computed {computed}"));
        }

        verification.Noted("note.integrity-only", _isNameless
            ? "the signature file holds a checksum, not a signature: its name is misleading, and a checksum proves no signer"
            : "a checksum proves no signer: trust comes only from a signature over the list");
        return verification.Close();
    }

    // The longest listed path that the artefact's path ends in.
    private Digest? Listed(string artifact)
    {
        string path = artifact.Replace('\\', '/');
        return _isNameless
            ? _entries[0].Digest
            : _entries.Where(entry => path == entry.Name || path.EndsWith("/" + entry.Name, StringComparison.Ordinal)).OrderByDescending(entry => entry.Name.Length).FirstOrDefault().Digest;
    }

    private static (string Name, Digest Digest) Entry(string line, string what)
    {
        const string Tag = "SHA256 (", Middle = ") = ";
        if (line.StartsWith(Tag, StringComparison.Ordinal) && line.LastIndexOf(Middle, StringComparison.Ordinal) is > 0 and int split)
        {
            return (Name(line[Tag.Length..split], what), Digest.FromHex(DigestAlgorithm.Sha256, line[(split + Middle.Length)..], what));
        }

        if (line.Length == Digits)
        {
            return ("", Digest.FromHex(DigestAlgorithm.Sha256, line, what));
        }

        bool isPair = line.Length > Digits + 2 && line[Digits] == ' ' && line[Digits + 1] is ' ' or '*';
        return isPair
            ? (Name(line[(Digits + 2)..], what), Digest.FromHex(DigestAlgorithm.Sha256, line[..Digits], what))
            : throw new MalformedException($"{what}: wanted HEX  NAME, HEX *NAME or SHA256 (NAME) = HEX");
    }

    private static string Name(string name, string what)
    {
        bool isInside = name.Length > 0 && name[0] != '/' && !name.Contains('\\', StringComparison.Ordinal) && !name.Contains(':', StringComparison.Ordinal)
            && !name.Split('/').Any(part => part is "" or "." or "..");
        return isInside ? name : throw new MalformedException($"{what}: \"{name}\" is no plain relative name");
    }
}
