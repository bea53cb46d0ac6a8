using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Transparency;
using OfflineKit.Trust;

namespace OfflineKit.Exports;

/// <summary>StellaOps' rekor-receipt.json: a proof that some entry is logged, without the entry.</summary>
/// <remarks>
/// The receipt holds no entry, so alone it cannot show that the entry is about this export: it is evidence only with an entry that binds it, and it gives no time. A false one refuses all the same.
/// Source: docs/spec/exports.md §5.
/// </remarks>
internal sealed record RekorReceipt(string Uuid, ulong LogIndex, ReadOnlyMemory<byte> RootHash, ImmutableArray<ReadOnlyMemory<byte>> Hashes, string Checkpoint)
{
    private const int Digits = 64, TreeIdDigits = 16;

    /// <summary>The receipt in <paramref name="content"/>: exactly the five members of its published schema.</summary>
    public static RekorReceipt Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue receipt = StrictJson.ParseObject(content, "receipt");
        receipt.RefuseOtherMembers("uuid", "logIndex", "rootHash", "hashes", "checkpoint");
        long index = receipt["logIndex"].Integer;
        return new RekorReceipt(
            NotEmpty(receipt["uuid"]),
            index >= 0 ? (ulong)index : throw receipt["logIndex"].Wanted("an integer from 0"),
            StrictHex.Decode(receipt.String("rootHash"), MerkleTree.HashSize, "receipt.rootHash"),
            [.. receipt.Array("hashes").Select(hash => new ReadOnlyMemory<byte>(StrictHex.Decode(hash.Text, MerkleTree.HashSize, hash.Path)))],
            NotEmpty(receipt["checkpoint"]));
    }

    /// <summary>Verifies the receipt at <paramref name="path"/> as far as it goes, and its binding to the envelope at <paramref name="envelope"/> when the entry was given.</summary>
    public static void Verify(string step, string path, string envelope, ExportVerification export)
    {
        // 1 Its form.
        Result<RekorReceipt> parsed = Result.Parse(ExportReasons.ReceiptMalformed, () => Parse(export.Take(path)!.Value));
        if (parsed.Value is not { } receipt)
        {
            export.Found.Failed(step, parsed.Finding!);
            return;
        }

        // 2 The checkpoint. 3 Its signature.
        Result<Checkpoint> checkpoint = Result.Parse(ExportReasons.ReceiptMalformed, () => Transparency.Checkpoint.Parse(receipt.CheckpointText(export)));
        if (checkpoint.Value is not { } signed)
        {
            export.Found.Failed(step, checkpoint.Finding!);
            return;
        }

        ImmutableArray<Result<TrustedLog>> known = [.. KnownLogs(signed.Origin, export)];
        if (known.IsEmpty)
        {
            NobodyKnows(step, signed.Origin, export);
            return;
        }

        ImmutableArray<TrustedLog> logs = [.. known.Select(log => log.Value).OfType<TrustedLog>()];
        if (logs.IsEmpty)
        {
            export.Found.Failed(step, known[0].Finding!.Reason.Because($"none of {known.Length} log keys is believed: {known[0].Finding!.Detail}"));
            return;
        }

        // 4 to 6 The path to the signed root.
        if (receipt.Judge(signed, logs, out TrustedLog? signer) is { } finding)
        {
            export.Found.Failed(step, finding);
            return;
        }

        // 7 Binding needs the entry, which a receipt does not hold.
        export.Found.Passed(step, $"an entry is leaf {receipt.LogIndex} of the tree of {signed.Size} that \"{signed.Origin}\" signed");
        LoggedIn place = LoggedIn.Prove(signer!, (long)receipt.LogIndex, (long)signed.Size);
        ReceiptEntry.Verify($"{step}-binding", receipt.Uuid[^Digits..], place, envelope, export);
    }

    // What nobody can prove is a refusal only where the proof is demanded.
    private static void NobodyKnows(string step, string origin, ExportVerification export)
    {
        if (export.Request.DemandsLog)
        {
            export.Found.Failed(step, ExportReasons.ReceiptCheckpointSignature.Because($"the proof of a log is demanded, and no key of \"{origin}\" counts here"));
        }
        else
        {
            export.Found.NotEvaluated(step, "no key of the log is trusted");
        }
    }

    // A text holds a line feed; anything else is a file beside the receipt.
    private ReadOnlyMemory<byte> CheckpointText(ExportVerification export) => Checkpoint.Contains('\n', StringComparison.Ordinal)
        ? Utf8Text.Encode(Checkpoint)
        : export.Take(Checkpoint) ?? throw new MalformedException(ExportReasons.ReceiptCheckpointMissing, $"the checkpoint is to be in \"{Checkpoint}\", which is not a checkpoint file of this export");

    // The imported and bundled roots' logs, and those that the caller named.
    private static IEnumerable<Result<TrustedLog>> KnownLogs(string origin, ExportVerification export)
    {
        TrustStore trust = export.Request.Context.Trust;
        return
        [
            .. trust.SigstoreRoots.Where(root => root.Status.Phase != KeyPhase.Revoked).SelectMany(root => root.Logs).Select(log => TrustedLog.Admit(origin, log.Key, log.Root, trust.Revocations)),
            .. export.Request.LogKeys.Select(key => TrustedLog.Admit(origin, key, "a log key that was named", trust.Revocations)),
        ];
    }

    private static bool IsSignedBy(PublicKey log, Checkpoint signed) => signed.Note.Signatures.Any(line => new NoteKey(line.Name, line.KeyId, log).Verifies(signed.Note.Text.Span, line.Signature));

    private Finding? Judge(Checkpoint signed, ImmutableArray<TrustedLog> logs, out TrustedLog? signer)
    {
        signer = logs.FirstOrDefault(log => IsSignedBy(log.Key, signed));
        if (signer is null)
        {
            return ExportReasons.ReceiptCheckpointSignature.Because($"\"{signed.Origin}\" is signed by no trusted log key");
        }

        if (!RootHash.Span.SequenceEqual(signed.RootHash.Span))
        {
            return ExportReasons.ReceiptRootMismatch.Because($"the receipt says {StrictHex.Encode(RootHash.Span)}, the checkpoint {StrictHex.Encode(signed.RootHash.Span)}");
        }

        Result<byte[]> leaf = Result.Parse(ExportReasons.ReceiptUuid, () => Uuid.Length is Digits or (Digits + TreeIdDigits)
            ? StrictHex.Decode(Uuid, "receipt.uuid")[^MerkleTree.HashSize..]
            : throw new MalformedException($"receipt.uuid: {Uuid.Length} characters, wanted {Digits} or {Digits + TreeIdDigits} hex digits"));
        if (leaf.Value is not { } leafHash)
        {
            return leaf.Finding;
        }

        Result<byte[]> root = Result.Parse(ExportReasons.ReceiptInclusion, () => MerkleTree.RootByInclusion(LogIndex, signed.Size, leafHash, Hashes));
        return root.Value is { } implied
            ? implied.AsSpan().SequenceEqual(signed.RootHash.Span) ? null : ExportReasons.ReceiptInclusion.Because($"the path leads to {StrictHex.Encode(implied)}, the log signed {StrictHex.Encode(signed.RootHash.Span)}")
            : ExportReasons.ReceiptInclusion.Because(root.Finding!.Detail);
    }

    private static string NotEmpty(JsonValue value) => value.Text.Length > 0 ? value.Text : throw value.Wanted("a text that is not empty");
}
