using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Reporting;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Cli;

/// <summary>Signs files by one key in one format and reports each.</summary>
internal static class SigningRun
{
    /// <summary>Opens the key once, signs every order with it, and says what was written.</summary>
    public static async Task<int> SignAllAsync(
        ParseResult arguments, KeyOptions keys, RunOptions options, SignatureFormat format, IReadOnlyList<(string File, string Output)> files, int parallel, CancellationToken cancellation)
    {
        AuditLog? audit = await options.AuditAsync(arguments, cancellation);
        await using SigningKey key = await PinnedKey.OpenAsync(arguments, keys, format, files.Select(pair => pair.File), audit, cancellation);
        SigningSession session = new(key, keys.Pinned(arguments), format, options.SignedAt(arguments), audit);
        WarnAboutReaders(key.PublicKey, format);
        if (options.IsDryRun(arguments))
        {
            foreach ((string file, string output) in files)
            {
                string what = session.DryRun(new SigningOrder(file, InputFile.Open(file, "file"), options.Target(arguments, output)));
                Console.Out.WriteLine($"would sign {TerminalText.Escape(file)} -> {TerminalText.Escape(output)}: {TerminalText.Escape(what, limit: 4000)}");
            }

            return ExitCode.Done;
        }

        // Signatures cost, and logs publish them: what is missing or taken is found before the first.
        foreach ((string File, string Output) pair in files)
        {
            session.RefuseIfTaken(pair.File, Target(arguments, options, format, pair));
            if (pair.File != "-" && files.Count > 1)
            {
                await InputFile.Open(pair.File, "file").DisposeAsync();
            }
        }

        Lock said = new();
        await Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation },
            async (pair, token) =>
            {
                SigningOrder order = new(pair.File, InputFile.Open(pair.File, "file"), Target(arguments, options, format, pair));
                SigningReceipt receipt = await session.SignAsync(order, token);
                lock (said)
                {
                    Report(receipt, key, pair.Output);
                    receipt.Remarks.ToList().ForEach(Stderr.Note);
                }
            });
        return ExitCode.Done;
    }

    // A document that is signed in place is replaced; anything else only by --force.
    private static OutputTarget Target(ParseResult arguments, RunOptions options, SignatureFormat format, (string File, string Output) pair) =>
        format.IsDocumentItself && pair.File == pair.Output && pair.File != "-"
            ? OutputTarget.ReplacedFile(pair.Output)
            : options.Target(arguments, pair.Output);

    // The signature itself may be on standard output, so what was done is said beside it.
    private static void Report(SigningReceipt receipt, SigningKey key, string output) => (output == "-" ? Console.Error : Console.Out).WriteLine(
        $"signed {TerminalText.Escape(receipt.Subject)} -> {TerminalText.Escape(receipt.Target.Name)} ({key.PublicKey.Scheme.Label} by {(key.Identity is { } who ? TerminalText.Escape($"{who.Name}, issuer {who.Issuer}") : $"sha256:{key.PublicKey.Material.Fingerprint}")})");

    // What cosign accepts with a key file: SHA-256 whatever the key, RSA as PKCS#1 v1.5.
    private static void WarnAboutReaders(PublicKey key, SignatureFormat format)
    {
        bool common = key.Scheme == SignatureScheme.RsaPkcs1Sha256 || key.Scheme == SignatureScheme.Ed25519
            || (key.Scheme == SignatureScheme.EcdsaSha256 && key.Material.Kind == KeyKind.P256);
        if (!common && format.Name is "dsse" or "sigstore")
        {
            Stderr.Note($"cosign verifies no {key.Scheme.Label} by a {key.Material.Kind} key file; P-256 or RSA PKCS#1 with SHA-256 verify everywhere");
        }
    }
}
