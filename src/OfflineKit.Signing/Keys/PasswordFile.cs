using OfflineKit.Signing.Keys.Files;

namespace OfflineKit.Signing.Keys;

/// <summary>The first line of a file is the password: for programs that nobody sits in front of.</summary>
/// <param name="path">The file, which only its owner should be able to read.</param>
/// <param name="what">How the file was named, for messages.</param>
internal sealed class PasswordFile(string path, string what) : PasswordPrompt
{
    /// <inheritdoc/>
    public override SecretMemory Ask(string purpose) => SecretFile.FirstLine(path, SigningReasons.NoPassword, what);
}
