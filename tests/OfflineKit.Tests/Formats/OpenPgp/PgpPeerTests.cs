using OfflineKit.Testing;
using OfflineKit.Trust.OpenPgp;

namespace OfflineKit.Tests.Formats.OpenPgp;

/// <summary>gpgv and sqv judge the vectors too: what we trust, they accept; what they accept and we refuse has a reason that stands here.</summary>
public sealed class PgpPeerTests
{
    // Ours alone, and why.
    private static readonly Dictionary<string, string> Stricter = new(StringComparer.Ordinal)
    {
        ["sha1"] = "SHA-1",
        ["weak"] = "RSA of 1024 bits",
        ["dsa"] = "DSA",
        ["keys-with-dsa-by-dsa"] = "DSA",
        ["store-brainpoolP256r1"] = "a curve that is not verified here",
        ["store-secp256k1"] = "a curve that is not verified here",
        ["old-self-signature"] = "a certificate by SHA-1 alone",
        ["not-for-signing"] = "gpgv reads no key flags",
        ["critical-notation"] = "gpgv knows the notation's form, and nothing of its meaning",
        ["keys-threshold-not-met"] = "a demand on the number of signers",
        ["two-subkeys-are-one-signer"] = "a demand on the number of signers",
        ["signs-nothing-else"] = "no OpenPGP signature",
        ["stolen"] = "gpgv judges no revocation",
        ["replaced"] = "gpgv judges no revocation",
        ["subkey-revoked"] = "gpgv judges no revocation",
        ["keys-revoked-copy"] = "gpgv judges no revocation",
        ["keys-revoked-copy-alone"] = "judged by one copy of a certificate",
        ["keys-revoked-copy-narrowed"] = "judged by one copy of a certificate",
        ["keys-revocation-unreadable"] = "gpgv judges no revocation",
        ["revoked-block"] = "gpgv judges no revocation",
        ["revoked-block-before"] = "gpgv judges no revocation",
        ["revoked-at-end"] = "gpgv judges no revocation",
        ["revoked-at-front"] = "gpgv judges no revocation",
        ["revoked-behind-another"] = "gpgv judges no revocation",
        ["revoked-file"] = "gpgv judges no revocation",
        ["revoked-file-binary"] = "gpgv judges no revocation",
        ["revoked-subkey-copies"] = "gpgv judges no revocation",
        ["revoked-subkey-copy-narrowed"] = "gpgv judges no revocation",
        ["revoked-subkey-by-revoker"] = "gpgv judges no revocation",
        ["revoked-subkey-by-revoker-copy"] = "gpgv judges no revocation",
        ["revoked-unreadable-copies"] = "gpgv judges no revocation",
        ["revoked-unreadable-copy"] = "gpgv judges no revocation",
        ["revoked-unreadable-at-end"] = "gpgv judges no revocation",
        ["revoked-damaged-copy"] = "gpgv judges no revocation",
        ["ended"] = "gpgv says that the key has expired and accepts",
        ["keys-expired"] = "gpgv says that the key has expired and accepts",
        ["signature-ended"] = "judged at the stated time",
        ["from-the-future"] = "judged at the stated time",
        ["keys-cut"] = "the whole file of certificates must be well-formed",
        ["keys-no-certificate"] = "the whole file of certificates must be well-formed",
        ["keys-secret"] = "a secret key in the file of certificates",
        ["other-partial"] = "lengths in parts belong to messages",
        ["other-packet"] = "another packet beside the signature",
        ["clearsigned-text-before"] = "text around the signed part",
        ["clearsigned-text-after"] = "text around the signed part",
        ["clearsigned-header"] = "a header that is not known",
        ["clearsigned-hash-header"] = "a header of hashes that holds something else",
        ["clearsigned-armour-colon"] = "the name of a header is one word",
        ["clearsigned-armour-separator"] = "a header is one line for every reader",
        ["armour-checksum-twice"] = "the checksum ends the armour",
        ["word-copies-direct-ends"] = "gpgv judges no end, no flags and no stated time",
        ["word-copies-name-revoked"] = "the newest word, or the only one, cannot be verified or was taken back",
        ["word-copies-newer-ends"] = "gpgv judges no end, no flags and no stated time",
        ["word-copies-newer-first"] = "gpgv judges no end, no flags and no stated time",
        ["word-copies-other-name-ends"] = "gpgv judges no end, no flags and no stated time",
        ["word-copies-subkey-ends"] = "gpgv judges no end, no flags and no stated time",
        ["word-direct-behind-name"] = "gpgv judges no end, no flags and no stated time",
        ["word-direct-taken-back"] = "gpgv judges no end, no flags and no stated time",
        ["word-from-the-future"] = "gpgv judges no end, no flags and no stated time",
        ["word-main-name-ends"] = "gpgv judges no end, no flags and no stated time",
        ["word-name-certifies"] = "the strictest word of all names, or of one second, counts",
        ["word-name-ends"] = "the strictest word of all names, or of one second, counts",
        ["word-newer-critical"] = "one of the names has a critical part",
        ["word-newer-damaged"] = "the newest word, or the only one, cannot be verified or was taken back",
        ["word-newer-direct-sha1"] = "the newest word, or the only one, cannot be verified or was taken back",
        ["word-newer-revocation-sha1"] = "the newest word, or the only one, cannot be verified or was taken back",
        ["word-newer-sha1"] = "the newest word, or the only one, cannot be verified or was taken back",
        ["word-newer-sha3"] = "the newest word, or the only one, cannot be verified or was taken back",
        ["word-newer-sha3-certifies"] = "the newest word, or the only one, cannot be verified or was taken back",
        ["word-newer-two-ends"] = "gpgv judges no end, no flags and no stated time",
        ["word-newer-version-3"] = "the newest word, or the only one, cannot be verified or was taken back",
        ["word-newer-version-5"] = "the newest word, or the only one, cannot be verified or was taken back",
        ["word-only-from-the-future"] = "gpgv judges no end, no flags and no stated time",
        ["word-revoked-name-alone"] = "the newest word, or the only one, cannot be verified or was taken back",
        ["word-revoked-name-goes-on"] = "gpgv judges no end, no flags and no stated time",
        ["word-subkey-agreement-ended"] = "gpgv judges no end, no flags and no stated time",
        ["word-subkey-agreement-from-the-future"] = "gpgv judges no end, no flags and no stated time",
        ["word-subkey-agreement-left-out"] = "the newest binding has no agreement",
        ["word-subkey-from-the-future"] = "gpgv judges no end, no flags and no stated time",
        ["word-subkey-goes-on-in-future"] = "gpgv judges no end, no flags and no stated time",
        ["word-subkey-newer-sha1"] = "the newest word, or the only one, cannot be verified or was taken back",
        ["word-subkey-newer-sha3"] = "the newest word, or the only one, cannot be verified or was taken back",
        ["word-subkey-newer-two-ends"] = "gpgv judges no end, no flags and no stated time",
        ["word-subkey-same-second"] = "the strictest word of all names, or of one second, counts",
        ["word-subkey-twice-ends"] = "gpgv judges no end, no flags and no stated time",
        ["clearsigned-of-another"] = "the document is not the signature of another file",
    };

    // Theirs alone, and why.
    private static readonly Dictionary<(string Tool, string Name), string> NotTheirs = new()
    {
        [("sqv", "word-no-flags")] = "key flags must be stated",
        [("gpgv", "written-utf-16")] = "text in UTF-16",
        [("sqv", "written-utf-16")] = "text in UTF-16",
        [("gpgv", "v6-clearsigned")] = "version 6",
        [("gpgv", "v6-detached")] = "version 6",
        [("sqv", "v6-detached")] = "version 6",
        [("sqv", "keys-with-version-3")] = "the whole file of certificates must be of known versions",
        [("gpgv", "other-kind-beside")] = "every signature must be good",
        [("sqv", "other-kind-beside")] = "every signature must be readable",
        [("gpgv", "other-version-beside")] = "every signature must be good",
        [("gpgv", "second-signer-unknown")] = "every signature must be good",
    };

    // sqv 1.1 reads no clear-signed text.
    public static TheoryData<string, string> Cases() =>
        [.. from name in PgpCase.Names from tool in (string[])["gpgv", "sqv"] where tool == "gpgv" || PgpCase.Read(name).File is not null select new TheoryDataRow<string, string>(tool, name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void We_trust_nothing_that_another_program_refuses(string tool, string name)
    {
        Execution.Needs(tool);
        PgpCase one = PgpCase.Read(name);
        bool ours = one.Judge().IsTrusted;
        bool? theirs = Judge(tool, one);
        if (theirs is null)
        {
            // There is no certificate that could be given to the other program.
            Assert.False(ours);
        }
        else if (ours)
        {
            Assert.True(theirs.Value || NotTheirs.ContainsKey((tool, name)), $"{tool} refuses {name}");
        }
        else if (theirs.Value)
        {
            Assert.True(Stricter.ContainsKey(name), $"{tool} accepts {name}, and we say {one.Judge().Findings[0].Reason.Code}: {one.Judge().Findings[0].Detail}");
        }
    }

    [Fact]
    public void Indices_of_a_real_archive_are_trusted_as_apt_trusts_them()
    {
        const string Keyring = "/usr/share/keyrings/debian-archive-keyring.gpg", Lists = "/var/lib/apt/lists";
        string[] indices = File.Exists(Keyring) && Directory.Exists(Lists) ? Directory.GetFiles(Lists, "*_debian_dists_*InRelease") : [];
        Assert.SkipWhen(indices.Length == 0, "this machine has no indices of Debian's archive");
        Execution.Needs("gpgv");
        foreach (string index in indices)
        {
            PgpCase one = new(index, File.ReadAllBytes(Keyring), [Keyring], File: null, File.ReadAllBytes(index), new DateTimeOffset(File.GetLastWriteTimeUtc(index), TimeSpan.Zero).AddDays(1));
            Assert.Equal(Execution.Of(["gpgv", "--keyring", Keyring, index]).ExitCode == 0, one.Judge().IsTrusted);
        }
    }

    // Null: no certificates that the program could be given.
    private static bool? Judge(string tool, PgpCase one)
    {
        byte[]?[] rings = [.. one.CertificateFiles.Select(File.ReadAllBytes).Select(Bare)];
        if (rings.Contains(null))
        {
            return null;
        }

        string folder = Directory.CreateTempSubdirectory("offlinekit-pgp").FullName;
        try
        {
            string Write(string name, byte[] content)
            {
                File.WriteAllBytes(Path.Combine(folder, name), content);
                return Path.Combine(folder, name);
            }

            string[] keyrings = [.. rings.Index().SelectMany(ring => (string[])["--keyring", Write($"{ring.Index}.gpg", ring.Item!)])];
            string[] files = one.File is null ? [Write("a.asc", one.Signature)] : [Write("a.txt.sig", one.Signature), Write("a.txt", one.File)];
            return Execution.Of([tool, .. keyrings, .. files], folder).ExitCode == 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[]? Bare(byte[] content) => content is [>= 0x80, ..] ? content
        : OfflineKit.Encoding.Result.Parse(Reasons.MalformedKey, () => OpenPgpArmor.Blocks(content, 100, "certificate").ToArray()).Value is { } blocks && blocks.All(block => block.Label == "PGP PUBLIC KEY BLOCK")
            ? [.. blocks.SelectMany(block => block.Content.ToArray())]
            : null;
}
