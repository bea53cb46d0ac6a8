using System.Globalization;
using System.Text;
using OfflineKit.Encoding;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Trust;

/// <summary><c>KEYS.txt</c>: the list of keys for people. It is generated, and read by no program.</summary>
internal static class KeyListText
{
    /// <summary>The list of <paramref name="manifest"/> and of what <paramref name="revocations"/> names beside it.</summary>
    /// <param name="manifest">The roots.</param>
    /// <param name="revocations">What is revoked.</param>
    /// <param name="files">The roots' files by name.</param>
    public static string Write(TrustManifest manifest, RevocationList revocations, IReadOnlyDictionary<string, byte[]> files)
    {
        StringBuilder text = new("This list is for people. Programs read trust.json and revocations.json; nothing reads this file.\n");
        foreach (TrustRoot root in manifest.Roots)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{root.Name}\n");
            Line(text, "file", root.File);
            Line(text, "fingerprint", root.Fingerprint.Length > 0 ? $"sha256:{root.Fingerprint}" : "");
            Line(text, "minisign", files.TryGetValue(root.File, out byte[]? file) ? MinisignLine(file) : "");
            Line(text, "valid", root.Validity.ToString());
            Line(text, "status", root.Status.ToString());
            Line(text, "may sign", MaySign(root));
            Line(text, "note", root.Note);
        }

        foreach ((string fingerprint, KeyStatus status) in revocations.ByFingerprint.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nsha256:{fingerprint}\n");
            Line(text, "status", status.ToString());
        }

        return text.ToString();
    }

    // What `minisign -P` and `offlinekit verify --key` take.
    private static string MinisignLine(byte[] file) => MinisignPublicKey.LooksLike(file) && Result.Parse(Reasons.MalformedKey, () => MinisignPublicKey.Parse(file)).Value is { } key ? MinisignText.PublicLine(key.Id, key.Material) : "";

    private static string MaySign(TrustRoot root)
    {
        string[] limits =
        [
            root.Formats.IsEmpty ? "every format" : string.Join(", ", root.Formats),
            .. root.Scope.Artifacts.IsEmpty ? [] : (string[])[$"artefacts called {string.Join(", ", root.Scope.Artifacts)}"],
            .. root.Scope.PayloadTypes.IsEmpty ? [] : (string[])[$"payloads of type {string.Join(", ", root.Scope.PayloadTypes)}"],
            .. root.Scope.Namespaces.IsEmpty ? [] : (string[])[$"in the namespaces {string.Join(", ", root.Scope.Namespaces)}"],
            .. root.Scope.Tenants.IsEmpty ? [] : (string[])[$"for the tenants {string.Join(", ", root.Scope.Tenants)}"],
        ];
        return string.Join("; ", limits);
    }

    private static void Line(StringBuilder text, string name, string value) =>
        text.Append(value.Length > 0 ? $"  {name,-12} {value}\n" : "");
}
