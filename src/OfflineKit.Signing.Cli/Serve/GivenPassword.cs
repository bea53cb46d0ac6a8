using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing.Cli.Serve;

/// <summary>The passphrase of one request: it came on standard input and is asked of nobody else.</summary>
internal sealed class GivenPassword(string? passphrase) : PasswordPrompt
{
    /// <inheritdoc/>
    public override SecretMemory Ask(string purpose) => passphrase is null
        ? throw SigningReasons.NoPassword.Refusal($"{purpose} is needed")
        : SecretMemory.TakeOver(System.Text.Encoding.UTF8.GetBytes(passphrase));
}
