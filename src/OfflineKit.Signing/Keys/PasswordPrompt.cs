namespace OfflineKit.Signing.Keys;

/// <summary>Where a password or PIN comes from: a terminal without echo, a file descriptor, standard input. Never an option.</summary>
internal abstract class PasswordPrompt
{
    /// <summary>Has no password.</summary>
    public static PasswordPrompt None { get; } = new Nobody();

    /// <summary>The password that opens what <paramref name="purpose"/> names.</summary>
    /// <exception cref="SigningException"><c>sign.no-password</c>.</exception>
    public abstract SecretMemory Ask(string purpose);

    private sealed class Nobody : PasswordPrompt
    {
        public override SecretMemory Ask(string purpose) => throw SigningReasons.NoPassword.Refusal($"{purpose} is needed");
    }
}
