using OfflineKit.Encoding;
using OfflineKit.Policy;
using OfflineKit.Testing;
using OfflineKit.Trust;
using OfflineKit.Trust.OpenPgp;

namespace OfflineKit.Tests.Formats.OpenPgp;

/// <summary>One vector of OpenPGP: a certificate, a file and its signature, or a document that holds both.</summary>
internal sealed record PgpCase(string Name, byte[] Certificate, string[] CertificateFiles, byte[]? File, byte[] Signature, DateTimeOffset Time)
{
    private static readonly string Vectors = Repository.Path("tests", "vectors", "openpgp");

    /// <summary>Every vector that names files alone, by its name.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Vectors, "case.txt", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal);

    /// <summary>The vector <paramref name="name"/>.</summary>
    public static PgpCase Read(string name)
    {
        string folder = Path.Combine(Vectors, name);
        string[] words = System.IO.File.ReadLines(Path.Combine(folder, "case.txt")).Single(line => line.StartsWith("args: ", StringComparison.Ordinal)).Split(' ')[2..];
        string? After(string option) => Array.IndexOf(words, option) is >= 0 and int at ? words[at + 1] : null;
        byte[] In(string path) => System.IO.File.ReadAllBytes(Path.Combine(folder, path));
        string signature = After("--signature") ?? (System.IO.File.Exists(Path.Combine(folder, words[0] + ".asc")) ? words[0] + ".asc" : words[0]);
        string[] keys = [.. words.Index().Where(word => word.Item == "--key").Select(word => words[word.Index + 1])];
        return new PgpCase(name, In(keys[0]), [.. keys.Select(key => Path.Combine(folder, key))], signature == words[0] ? null : In(words[0]), In(signature), DateTimeOffset.Parse(After("--at")!, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Those that are trusted and have one certificate file.</summary>
    public static IEnumerable<PgpCase> Good => Names.Select(Read).Where(one => one.CertificateFiles.Length == 1 && one.Judge().IsTrusted);

    /// <summary>The signature without its armour; a clear-signed text as it is.</summary>
    public PgpCase Bare() => File is null || Signature is [>= 0x80, ..] ? this : this with { Signature = OpenPgpArmor.Only(Signature, "PGP SIGNATURE", "signature").Content.ToArray() };

    /// <summary>The verdict.</summary>
    public Verdict Judge()
    {
        Result<TrustStore> store = Result.Parse(Reasons.MalformedKey, () => CertificateFiles.Skip(1).Select(System.IO.File.ReadAllBytes).Prepend(Certificate)
            .Aggregate(TrustStore.Empty, (left, content) => left.With(KeyFile.ParseChosen(content, "key", "test", []))));
        return store.Value is not { } trust ? Verdict.Refused("openpgp", store.Finding!) : Verifier.Verify(new VerificationRequest(
            File is null ? null : Artifact.FromBytes("a.txt", File), Signature, new VerificationContext(trust, Expectations.None, Time), SignaturePolicy.AnyPinnedSigner)
        {
            Format = KnownFormats.ByName(File is null ? "openpgp-clearsigned" : "openpgp"),
        });
    }
}
