namespace OfflineKit.Signing.Keys.Files;

/// <summary>A key pair that was just made, in the form of its files.</summary>
internal interface INewKey
{
    /// <summary>The content of the public key's file.</summary>
    byte[] PublicFile { get; }

    /// <summary>The content of the secret key's file, under <paramref name="password"/>; null stores it open.</summary>
    SecretMemory Write(SecretMemory? password);
}
