using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Policy;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify FILE</c>: the artefact, its signature, and a verdict.</summary>
internal static class VerifyCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create()
    {
        Argument<string> artifact = new("FILE") { Description = "the artefact; - reads standard input" };
        Option<string?> signature = new("--signature", "-s") { Description = "the signature file; default: found next to FILE, or in FILE itself", HelpName = "SIG" };
        TrustOptions trust = TrustOptions.OneKey();
        FormatOption format = new();
        TimeOption time = new();
        ExpectationOptions expectations = new();
        KmsOptions kms = new();
        OutputOption output = new();
        Command command = new CommandWithExample(
            "verify", "Verify a file against its signature and the keys that you trust.", "offlinekit verify app.tar.gz --signature app.tar.gz.minisig --key release.pub")
        {
            artifact, signature,
        };
        trust.AddTo(command);
        format.AddTo(command);
        expectations.AddTo(command);
        kms.AddTo(command);
        time.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            string name = arguments.GetRequiredValue(artifact);
            Format? named = format.Of(arguments);
            Expectations expected = kms.Apply(expectations.Of(arguments) with { AllowBareSignature = trust.NamesKey(arguments) }, arguments);
            string? beside = arguments.GetValue(signature) ?? (named?.IsSelfContained == true ? null : SignatureSearch.Beside(name, named, expected));
            Question question = new(name, beside, named, expected, time.Of(arguments));
            return Conclusion.Of(name, beside ?? "", output.Of(arguments), () => Answer(question, trust.Read(arguments)));
        });
        return command;
    }

    /// <summary>What is asked: a file, its signature (null: in the file itself), and what the caller knows.</summary>
    internal sealed record Question(string Artifact, string? Signature, Format? Format, Expectations Expectations, DateTimeOffset Time);

    /// <summary>The report on <paramref name="question"/>.</summary>
    internal static Report Answer(Question question, Parsed<TrustStore> trust) =>
        question.Signature is { } signature ? OfPair(question, signature, trust) : OfDocument(question, trust);

    private static Report OfPair(Question question, string signaturePath, Parsed<TrustStore> trust)
    {
        byte[] signature = InputFile.ReadAll(signaturePath, Limits.SignatureFile, "signature file");
        Stream stream = InputFile.Open(question.Artifact, "artefact");
        using Artifact artifact = Artifact.FromStream(question.Artifact, stream);
        using Progress? progress = Progress.Watch(artifact, stream.CanSeek ? stream.Length : -1);
        Verdict verdict = Decide(question, artifact, signature, trust);
        return new Report(
            question.Artifact, artifact.Size, [.. artifact.Digests.Select(digest => digest.ToString())], signaturePath, verdict, TrustOptions.InForce(trust.Value));
    }

    private static Report OfDocument(Question question, Parsed<TrustStore> trust)
    {
        byte[] document = InputFile.ReadAll(question.Artifact, Limits.SignedDocument, "document");
        Verdict verdict = Decide(question, artifact: null, document, trust);
        return new Report(
            question.Artifact, document.Length, [Digest.Sha256(document).ToString()], SignatureName: "", verdict, TrustOptions.InForce(trust.Value));
    }

    private static Verdict Decide(Question question, Artifact? artifact, byte[] signature, Parsed<TrustStore> trust)
    {
        if (trust.Value is not { } store)
        {
            return Verdict.Refused(format: "", trust.Refusal!);
        }

        if (store.IsEmpty)
        {
            // A malformed signature is told even to somebody who trusts nobody yet.
            Parsed<Envelope> envelope = Verifier.Parse(signature, question.Format, question.Expectations);
            return envelope.Refusal is { } malformed ? Verdict.Refused(question.Format?.Name ?? "", malformed) : throw TrustOptions.NobodyIsTrusted();
        }

        VerificationContext context = new(store, question.Expectations, question.Time);
        return Verifier.Verify(new VerificationRequest(artifact, signature, context, SignaturePolicy.AnyPinnedSigner)
        {
            Format = question.Format,
            DocumentName = question.Artifact,
        });
    }
}
