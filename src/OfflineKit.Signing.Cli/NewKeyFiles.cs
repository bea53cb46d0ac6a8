using OfflineKit.Files;
using OfflineKit.Signing.Keys.Files;

namespace OfflineKit.Signing.Cli;

/// <summary>Where the two halves of a new key go.</summary>
internal static class NewKeyFiles
{
    /// <summary>Both places, neither of them taken.</summary>
    /// <exception cref="UsageException">Both halves would go to one file: the public half would take the place of the secret one, or the secret one be given away.</exception>
    /// <exception cref="OutputException">One of them is taken by what must not be replaced.</exception>
    public static KeyPairFiles Of(string secret, string shown, Replacing replacing)
    {
        KeyPairFiles files = new(secret, shown, replacing);
        if (files.AreOne)
        {
            throw new UsageException("the secret key and the public key name the same file", "the one is kept, the other is given away");
        }

        files.RefuseIfTaken();
        return files;
    }
}
