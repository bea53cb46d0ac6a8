using OfflineKit.Files;
using OfflineKit.Encoding;
using OfflineKit.Signer.Tokens;
using OfflineKit.Signing;
using OfflineKit.X509;

namespace OfflineKit.Signer.Configuration;

/// <summary>Where a configuration lies: relative paths begin there.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Clock">The clock of whatever is read from addresses.</param>
internal sealed record ConfigurationPlace(string Folder, TimeProvider Clock)
{
    /// <summary>The absolute path of <paramref name="path"/>.</summary>
    public string File(string path) => Path.GetFullPath(PhysicalPath.Meant(Path.Combine(Folder, path)));

    /// <summary>A small file.</summary>
    public byte[] Content(string path, string what) => InputFile.ReadAll(File(path), OfflineKit.Limits.KeyFile, what);

    /// <summary>The key called <paramref name="text"/>; paths of key files begin in the folder too.</summary>
    public KeyUri Key(string text) => KeyUri.Parse(text) is FileKeyUri file ? KeyUri.Parse("file:" + File(file.Path)) : KeyUri.Parse(text);

    /// <summary>A set of keys: an address, or a file, which is read once to see that it is one.</summary>
    public KeySetSource KeySet(string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http")
        {
            return address.Scheme == "https" || address.IsLoopback
                ? new KeySetAddress(address, new KeyOpening { Clock = Clock })
                : throw new MalformedException($"{text}: keys come by https, or from loopback");
        }

        _ = PinnedKeys.Parse(Content(text, "key set"), text);
        return new KeySetFile(File(text));
    }

    /// <summary>The certificates in a PEM file, in their order.</summary>
    public IEnumerable<Certificate> Certificates(string path)
    {
        string text = Utf8Text.Decode(Content(path, "certificates"), path);
        while (System.Security.Cryptography.PemEncoding.TryFind(text, out System.Security.Cryptography.PemFields fields))
        {
            yield return Certificate.ParsePem(Utf8Text.Encode(text[fields.Location]), path);
            text = text[fields.Location.End..];
        }
    }
}
