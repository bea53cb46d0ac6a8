using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>OpenSSH's one-line public keys, which say nothing about the signatures that they are given for here.</summary>
internal static class SshLine
{
    /// <summary>Refuses <paramref name="text"/> by name when it is an OpenSSH or RFC 4716 key.</summary>
    public static void Refuse(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("ssh-"u8) || text.StartsWith("ecdsa-sha2-"u8) || text.StartsWith("sk-"u8) || text.StartsWith("---- BEGIN SSH2"u8))
        {
            throw new MalformedException(KeyFileReasons.OpenSshKey, "the key file holds an OpenSSH public key");
        }
    }
}
