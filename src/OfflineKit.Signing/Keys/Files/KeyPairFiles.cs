using System.Security.Cryptography;
using OfflineKit.Files;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>The two files of a new key pair: both come to be, or neither, and no secret key is ever replaced by another one.</summary>
/// <param name="Secret">Where the secret key goes.</param>
/// <param name="Public">Where the public key goes.</param>
/// <param name="Replacing">What may be in the place of the public key.</param>
internal sealed record KeyPairFiles(string Secret, string Public, Replacing Replacing)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private OutputFile SecretOutput => new(Secret, OutputKind.SecretKey, Replacing);

    private OutputFile PublicOutput => new(Public, OutputKinds.PublicKey, Replacing);

    /// <summary>Both names lead to one file; names that differ in case alone are one on many file systems.</summary>
    public bool AreOne => string.Equals(SecretOutput.Place, PublicOutput.Place, StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses places that are taken, and one place for both: the one is kept, the other is given away.</summary>
    /// <exception cref="OutputException">Nothing was written.</exception>
    public void RefuseIfTaken()
    {
        if (AreOne)
        {
            throw new OutputException(OutputRefusal.Foreign, $"{Secret} and {Public} are one file, and the one is kept, the other is given away");
        }

        SecretOutput.RefuseIfTaken();
        PublicOutput.RefuseIfTaken();
    }

    /// <summary>Writes <paramref name="key"/>, its secret half under <paramref name="password"/>; null stores it open.</summary>
    /// <exception cref="OutputException">Nothing was written.</exception>
    public void Write(INewKey key, SecretMemory? password)
    {
        RefuseIfTaken();
        using SecretMemory content = key.Write(password);
        using FileTransaction change = new();
        change.Write(SecretOutput, content.Bytes, OwnerOnly);
        change.Write(PublicOutput, key.PublicFile);
        change.Commit();
    }

    /// <summary>Puts the secret key at <paramref name="path"/> under another password, in place: the file holds the old or the new form of the same key, whatever happens.</summary>
    /// <param name="path">The secret key file.</param>
    /// <param name="oldPassword">Asked when it has one.</param>
    /// <param name="newPassword">Asked when the key is open; null removes the password.</param>
    /// <exception cref="SigningException">It is no secret key, or the password is wrong.</exception>
    public static MinisignSecretKey ChangePassword(string path, Func<SecretMemory> oldPassword, Func<SecretMemory?> newPassword)
    {
        using SecretMemory stored = SecretFile.Read(path);
        using FileLock held = FileLock.OfDocument(path, TimeSpan.FromSeconds(30));
        MinisignSecretKey key = MinisignSecretKey.Open(path, stored, oldPassword);
        byte[] before = stored.Bytes.ToArray();
        using SecretMemory? password = newPassword();
        using SecretMemory content = key.Write(password);
        using FileTransaction change = new();
        change.Write(OutputFile.InPlace(path, OutputKind.SecretKey, before), content.Bytes, OwnerOnly);
        change.Commit();
        CryptographicOperations.ZeroMemory(before);
        return key;
    }
}
