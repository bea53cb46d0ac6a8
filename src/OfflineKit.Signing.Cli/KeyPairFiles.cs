using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Cli;

/// <summary>Where the two halves of a new key go.</summary>
internal static class KeyPairFiles
{
    /// <summary>Both targets, made by <paramref name="target"/>, neither of them taken.</summary>
    /// <exception cref="UsageException">Both halves would go to one file: the public half would take the place of the secret one, or the secret one be given away.</exception>
    public static (OutputTarget Secret, OutputTarget Public) Of(string secretPath, string publicPath, Func<string, OutputTarget> target)
    {
        // Names that differ in case alone are one file on many file systems.
        if (string.Equals(Path.GetFullPath(secretPath), Path.GetFullPath(publicPath), StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException("the secret key and the public key name the same file", "the one is kept, the other is given away");
        }

        (OutputTarget secret, OutputTarget shown) = (target(secretPath), target(publicPath));
        secret.RefuseIfTaken();
        shown.RefuseIfTaken();
        return (secret, shown);
    }
}
