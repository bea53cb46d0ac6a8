using OfflineKit.Crypto;
using OfflineKit.Reporting;
using OfflineKit.Signing.Requests;

namespace OfflineKit.Signing.Cli;

/// <summary>Says on the terminal what a run does.</summary>
internal sealed class ConsoleObserver : ISigningObserver
{
    /// <inheritdoc/>
    /// <remarks>What cosign accepts with a key file: SHA-256 whatever the key, RSA as PKCS#1 v1.5.</remarks>
    public void Opened(SigningKey key, SignatureFormat format)
    {
        PublicKey half = key.PublicKey;
        bool common = half.Scheme == SignatureScheme.RsaPkcs1Sha256 || half.Scheme == SignatureScheme.Ed25519
            || (half.Scheme == SignatureScheme.EcdsaSha256 && half.Material.Kind == KeyKind.P256);
        if (!common && format.Name is "dsse" or "sigstore")
        {
            Stderr.Note($"cosign verifies no {half.Scheme.Label} by a {half.Material.Kind} key file; P-256 or RSA PKCS#1 with SHA-256 verify everywhere");
        }
    }

    /// <inheritdoc/>
    /// <remarks>The signature itself may be on standard output, so what was done is said beside it.</remarks>
    public void Signed(SigningReceipt receipt, SigningKey key)
    {
        string by = key.Identity is { } who ? $"{who.Name}, issuer {who.Issuer}" : $"sha256:{key.PublicKey.Material.Fingerprint}";
        (receipt.Target.Name == RunOptions.StandardOutput ? Terminal.Error : Terminal.Out).WriteLine(
            $"signed {TerminalText.Escape(receipt.Subject)} -> {TerminalText.Escape(receipt.Target.Name)} ({key.PublicKey.Scheme.Label} by {TerminalText.Escape(by)})");
        receipt.Remarks.ToList().ForEach(Stderr.Note);
    }

    /// <inheritdoc/>
    public void WouldSign(SubjectRequest subject, string target, string what) =>
        Terminal.Out.WriteLine($"would sign {TerminalText.Escape(subject.Name)} -> {TerminalText.Escape(target)}: {TerminalText.Escape(what, limit: 4000)}");
}
