using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;

namespace OfflineKit.Exports;

/// <summary>StellaOps' developer-portal bundle. Its own signature is an HMAC, which proves nothing to a third party.</summary>
/// <remarks>The steps are those of docs/spec/exports.md §8.</remarks>
internal sealed class DevPortal : ExportLayout
{
    private const string List = "manifest.json", Sums = "checksums.txt", Script = "verify-offline.sh", Hmac = "manifest.dsse.json";

    /// <inheritdoc/>
    public override string Name => "devportal";

    /// <inheritdoc/>
    public override string Title => "StellaOps developer-portal bundle";

    /// <inheritdoc/>
    public override string Mark => Script;

    /// <inheritdoc/>
    public override string OpenQuestions => "what exactly the HMAC covers is not published; the stellaops profile (OfflineKit) takes the PAE of the payload, which must be manifest.json";

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [Demand.Secret];

    /// <inheritdoc/>
    public override bool IsMarked(ExportInventory inventory) => inventory.Find(Script) is not null;

    /// <inheritdoc/>
    internal override void Verify(ExportVerification export)
    {
        // 2 The manifest and its totals.
        if (export.Read("2-manifest", List, Parse) is not { } files)
        {
            return;
        }

        export.Found.Passed("2-manifest", $"{files.Count} entries");

        // 3 Every entry. 4 The checksum list.
        export.Accounted.Add(Hmac);
        RequireSums(files, export);
        export.RequireListed("3-files", files);

        // 5 The HMAC: symmetric, never trust.
        PortalHmac.Verify("5-hmac", Hmac, List, export);

        // 6 A signature by a public key over the manifest is the only way to trust.
        ListSignatures.Verify("6-signature", ListDocument.Beside(List, export.Inventory, except: Hmac), export);

        // 7 Nothing else: nobody signed the script that comes along.
        export.RefuseOthers("7-nothing-else", files);
    }

    private static Dictionary<string, ListedFile> Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue json = StrictJson.ParseObject(content, List);
        if (json.String("version") != "devportal-offline/v1")
        {
            throw new MalformedException(ExportReasons.UnsupportedSchema, $"version \"{json.String("version")}\", wanted devportal-offline/v1");
        }

        Dictionary<string, ListedFile> files = ListedFiles.ByPath(json.Array("entries"), entry =>
            new ListedFile(entry.String("path"), ListedFiles.Size(entry["sizeBytes"]), ListedFiles.Hex(entry["sha256"])));
        JsonValue totals = json.Object("totals");
        long bytes = files.Values.Sum(file => file.Size ?? 0);
        return totals["entryCount"].Integer == files.Count && totals["totalSizeBytes"].Integer == bytes
            ? files
            : throw new MalformedException(
                ExportReasons.TotalsMismatch, $"the totals say {totals["entryCount"].Integer} entries and {totals["totalSizeBytes"].Integer} bytes, the entries are {files.Count} and {bytes}");
    }

    private static void RequireSums(Dictionary<string, ListedFile> files, ExportVerification export)
    {
        if (export.Read("4-checksums", Sums, content => ChecksumList.Parse(content.Span, Sums)) is not { } sums)
        {
            return;
        }

        Digest manifest = export.Inventory.Find(List)!.Sha256;
        if (!manifest.Equals(sums.Root))
        {
            export.Found.Failed("4-checksums", ExportReasons.RootMismatch.Because($"manifest.json is {manifest}, the root line says {sums.Root?.ToString() ?? "nothing"}"));
            return;
        }

        ListedFile? other = sums.Files.Values.FirstOrDefault(line => !files.TryGetValue(line.Path, out ListedFile? file) || !file.Digests.SequenceEqual(line.Digests));
        if (other is not null)
        {
            export.Found.Failed("4-checksums", ExportReasons.DigestMismatch.Because($"{Sums} says {other.Digests[0]} of \"{other.Path}\", the manifest {files.GetValueOrDefault(other.Path)?.Digests[0].ToString() ?? "does not list it"}"));
            return;
        }

        export.Found.Passed("4-checksums", $"{Sums} agrees with the manifest in {sums.Files.Count} files");
    }
}

/// <summary>The HMAC of a developer-portal bundle.</summary>
internal static class PortalHmac
{
    /// <summary>Compares the HMAC when the secret is known: a remark, or a refusal; never evidence.</summary>
    public static void Verify(string step, string path, string list, ExportVerification export)
    {
        if (export.Take(path) is not { } content)
        {
            if (export.Request.Secret is not null)
            {
                export.Found.Failed(step, ExportReasons.HmacMismatch.Because($"a secret was given, and there is no {path} that could fit it"));
            }

            return;
        }

        if (export.Request.Secret is not { } secret)
        {
            export.Found.NotEvaluated(step, $"{path} is an HMAC, and its secret was not given");
            return;
        }

        Result<Formats.Dsse.DsseEnvelope> envelope = Result.Parse(ExportReasons.ManifestMalformed, () => Formats.Dsse.DsseEnvelope.Parse(content));
        if (envelope.Value is not { } hmac)
        {
            export.Found.Failed(step, envelope.Finding!);
            return;
        }

        bool isSame = hmac.Payload.Span.SequenceEqual(export.Inventory.Control(list)!.Value.Span)
            && hmac.Signatures.Any(signature => secret.Authenticates(hmac.SignedBytes, signature.Bytes.Span));
        if (!isSame)
        {
            export.Found.Failed(step, ExportReasons.HmacMismatch.Because($"{path} is no HMAC of {list} under the given secret"));
            return;
        }

        export.Found.Passed(step, $"{path} is an HMAC of {list} under the given secret");
        export.Found.Noted("note.symmetric", $"{path}: whoever knows the secret can make it, so it proves no sender to a third party");
    }
}
