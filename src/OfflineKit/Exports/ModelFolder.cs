using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Formats.Sigstore;

namespace OfflineKit.Exports;

/// <summary>A machine-learning model as `model_signing sign` leaves it: a folder, and a Sigstore bundle whose statement lists every file.</summary>
/// <remarks>The steps are those of docs/spec/exports.md §13. Source: OpenSSF model signing, predicate `https://model_signing/signature/v1.0`.</remarks>
internal sealed class ModelFolder : ExportLayout
{
    private const string Signature = "model.sig";

    /// <inheritdoc/>
    public override string Name => "model-signing";

    /// <inheritdoc/>
    public override string Title => "signed machine-learning model";

    /// <inheritdoc/>
    public override string Mark => Signature;

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override bool IsMarked(ExportInventory inventory) => inventory.Find(Signature) is not null;

    /// <inheritdoc/>
    internal override void Verify(ExportVerification export)
    {
        // 2 The signature, and the statement in it. 3 Its type.
        if (Signed(export) is not { } statement || !RequireType(statement, export))
        {
            return;
        }

        // 4 The list in it.
        Result<ModelList> read = Result.Parse(ExportReasons.ManifestMalformed, () => ModelList.Of(statement));
        if (read.Value is not { } list)
        {
            export.Found.Failed("4-list", read.Finding!);
            return;
        }

        export.Found.Passed("4-list", $"{list.Files.Count} files of the model \"{list.Model}\"");

        // 5 Every listed file. 6 Nothing else, but for what the signer left out by name.
        PassOver(list, export);
        export.Compare("5-files", "6-nothing-else", list.Files);
    }

    private static Statement? Signed(ExportVerification export)
    {
        if (export.Take(Signature) is not { } content)
        {
            export.Found.Failed("2-signature", ExportReasons.SignatureMissing.Because($"there is no {Signature}"));
            return null;
        }

        Verdict verdict = export.JudgeDocument(new Signature(Signature, content, new SigstoreFormat()));
        export.Include("2-signature", Signature, verdict);
        if (!verdict.IsTrusted)
        {
            return null;
        }

        // The bundle parses: it was verified a moment ago.
        Result<Statement> statement = SigstoreBundle.Parse(content).Envelope?.Statement ?? default;
        if (statement.Value is null)
        {
            export.Found.Failed("3-type", statement.Finding ?? ExportReasons.WrongPredicate.Because($"{Signature} signs a message, wanted a statement"));
        }

        return statement.Value;
    }

    private static bool RequireType(Statement statement, ExportVerification export)
    {
        bool isModel = statement.PredicateType is ModelList.PredicateType or ModelList.EarlierType;
        if (isModel)
        {
            export.Found.Passed("3-type", $"the statement's predicate type is {statement.PredicateType}");
        }
        else
        {
            export.Found.Failed("3-type", ExportReasons.WrongPredicate.Because($"{Signature}: \"{statement.PredicateType}\", wanted \"{ModelList.PredicateType}\""));
        }

        return isModel;
    }

    // The signer's own words say what is no part of the model, such as the files of git: they are there, and nobody vouches for them.
    private static void PassOver(ModelList list, ExportVerification export)
    {
        ImmutableArray<string> left = [.. export.Inventory.Files.Select(file => file.Path).Where(path => path != Signature && !list.Files.ContainsKey(path) && list.LeavesOut(path))];
        export.LeftOut.UnionWith(left);
        if (!left.IsEmpty)
        {
            export.Found.Noted("note.left-out-by-signer", $"{left.Length} files are there that the signer left out by name, and nobody signed: {string.Join(", ", left.Take(ExportLimits.Failures).Select(path => $"\"{path}\""))}");
        }
    }
}
