using System.Collections.Immutable;
using OfflineKit.Trust;
using static OfflineKit.Formats.Foreign.ForeignMarks;

namespace OfflineKit.Formats.Foreign;

/// <summary>Every form that is known and not verified, one line each; the first that fits is the one.</summary>
/// <remarks>Each has a vector in tests/vectors/foreign. Source: docs/spec/foreign.md.</remarks>
internal static class ForeignForms
{
    private static ReadOnlySpan<byte> SpcIndirectData => [0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x01, 0x04];

    /// <summary>All forms.</summary>
    public static ImmutableArray<ForeignForm> All { get; } =
    [
        // Around CMS; a plain message and what Windows makes of it belong to the format cms.
        new("timestamp", "an RFC 3161 timestamp, which says when and not who", "verify it with `openssl ts -verify -in FILE.tsr -data FILE -CAfile CA.pem`", content => IsDer(content) && Has(content[..Math.Min(content.Length, 512)], [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x04])),
        new("pgp-mime", "PGP/MIME mail", "take the two parts apart and verify the second with `gpg --verify SIGNATURE.asc PART`", content => IsMail(content) && HasText(Head(content), "application/pgp-signature"u8)),
        new("smime", "S/MIME mail", "verify it with `openssl smime -verify -in FILE -CAfile CA.pem -out VERIFIED`", content => IsMail(content) && HasText(Head(content), "pkcs7-"u8)),

        new("dkim", "mail that a mail server signed (DKIM)", "verify it with `dkimverify < FILE`, where its domain can be asked for the key", content => IsMailHead(content) && HasText(Head(content), "DKIM-Signature:"u8)),

        // In programs, packages and documents.
        new("authenticode", "Authenticode, within a Windows program", "verify it with `Get-AuthenticodeSignature FILE` on Windows, or `osslsigncode verify -in FILE`", PortableExecutable.IsSigned),
        new("authenticode-msi", "Authenticode, within a Windows installer", "verify it with `Get-AuthenticodeSignature FILE` on Windows, or `osslsigncode verify -in FILE`", content => BeginsWith(content, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) && Has(content, [0x05, 0x00, 0x44, 0x00, 0x69, 0x00, 0x67, 0x00, 0x69, 0x00, 0x74, 0x00, 0x61, 0x00, 0x6C, 0x00, 0x53, 0x00])),
        new("authenticode-script", "Authenticode, within a script", "verify it with `Get-AuthenticodeSignature FILE` on Windows", content => HasText(content, "SIG # Begin signature block"u8)),
        new("apple", "an Apple code signature, within a program", "verify it with `codesign --verify --strict --verbose FILE` on macOS", content => (BeginsWith(content, [0xCF, 0xFA, 0xED, 0xFE]) || BeginsWith(content, [0xCA, 0xFE, 0xBA, 0xBE, 0x00, 0x00])) && Has(content, [0xFA, 0xDE, 0x0C, 0xC0])),
        new("apple-image", "an Apple disk image with a code signature", "verify it with `codesign --verify --verbose FILE` and `spctl -a -t open --context context:primary-signature FILE` on macOS", content => content.Length > 512 && content[^512..].StartsWith("koly"u8) && Has(content, [0xFA, 0xDE, 0x0C, 0xC0])),
        new("apple-package", "an Apple installer package", "verify it with `pkgutil --check-signature FILE` on macOS", content => BeginsWith(content, [0x78, 0x61, 0x72, 0x21, 0x00, 0x1C])),
        new("apk", "an Android package", "verify it with `apksigner verify --print-certs FILE`", content => IsZip(content) && HasText(content, "APK Sig Block 42"u8)),
        new("msix", "an MSIX or APPX package", "verify it with `Get-AuthenticodeSignature FILE` on Windows", content => IsZip(content) && HasText(content, "AppxSignature.p7x"u8)),
        new("vscode", "the signature of a Visual Studio Code extension", "verify it with `vsce-sign verify --package FILE.vsix --signaturearchive FILE.sigzip`", content => IsZip(content) && HasText(content, ".signature.manifest"u8)),
        new("nuget", "a NuGet package", "verify it with `dotnet nuget verify FILE`", content => IsZip(content) && HasText(content, ".signature.p7s"u8)),
        new("wheel", "a Python wheel with a signature within", "verify it with `wheel verify FILE` of wheel before 0.32, or ask for a PyPI attestation in its place", content => IsZip(content) && (HasText(content, ".dist-info/RECORD.jws"u8) || HasText(content, ".dist-info/RECORD.p7s"u8))),
        new("firefox", "an extension of Firefox", "Firefox verifies it where it is installed", content => IsZip(content) && (HasText(content, "META-INF/mozilla.rsa"u8) || HasText(content, "META-INF/cose.sig"u8))),
        new("asic", "an ASiC container", "verify it with `digidoc-tool open FILE`", content => IsZip(content) && HasText(content, "application/vnd.etsi.asic-"u8)),
        new("office", "an office document or VSIX package", "open it in the program that made it, which shows who signed", content => IsZip(content) && (HasText(content, "_xmlsignatures/"u8) || HasText(content, "package/services/digital-signature/"u8) || HasText(content, "META-INF/documentsignatures.xml"u8))),
        new("jar", "a JAR", "verify it with `jarsigner -verify -strict -certs FILE`", content => IsZip(content) && HasText(content, "META-INF/"u8) && HasText(content, ".SF"u8)),
        new("authenticode-cabinet", "Authenticode, within a cabinet", "verify it with `Get-AuthenticodeSignature FILE` on Windows, or `osslsigncode verify -in FILE`", content => Begins(content, "MSCF\0\0\0\0"u8) && Has(content, SpcIndirectData)),
        new("chrome", "an extension of Chrome", "Chrome verifies it where it is installed", content => BeginsWith(content, [0x43, 0x72, 0x32, 0x34, 0x03, 0x00, 0x00, 0x00]) || BeginsWith(content, [0x43, 0x72, 0x32, 0x34, 0x02, 0x00, 0x00, 0x00])),
        new("alpine", "an Alpine package or index (apk)", "verify it with `apk verify FILE`", content => PackedHead.OfGzip(content).AsSpan().StartsWith(".SIGN."u8) || BeginsWith(content, [0x41, 0x44, 0x42, 0x2E]) || BeginsWith(content, [0x41, 0x44, 0x42, 0x64])),
        new("gem", "a Ruby gem with signatures within", "verify it with `gem install -P HighSecurity FILE`", content => IsTar(content) && HasText(content, "metadata.gz.sig"u8)),
        new("kernel-module", "a Linux kernel module with an appended signature", "`modinfo FILE` shows by whom; the kernel verifies it when it is loaded", content => content.EndsWith("~Module signature appended~\n"u8)),
        new("ima", "an IMA or EVM signature of the Linux kernel", "verify it with `evmctl ima_verify --sigfile --key KEY.pem FILE`", IsIma),
        new("fit", "an image tree of U-Boot (FIT)", "verify it with `fit_check_sign -f FILE -k KEYS.dtb`", content => BeginsWith(content, [0xD0, 0x0D, 0xFE, 0xED]) && HasText(content, "hashed-nodes\0"u8)),
        new("verity-image", "a disk image of systemd with signed verity data", "verify it with `systemd-dissect --validate FILE`", content => content.Length > 1024 && content[512..].StartsWith("EFI PART"u8) && HasText(content, "\"rootHash\""u8) && HasText(content, "\"signature\""u8)),
        new("appimage", "an AppImage", "verify it with `validate FILE`, of the AppImage project", content => BeginsWith(content, [0x7F, 0x45, 0x4C, 0x46]) && content.Length > 16 && content[8..].StartsWith("AI\u0002"u8) && HasText(content, "-----BEGIN PGP SIGNATURE-----"u8)),
        new("snap", "an assertion about snaps", "`snap ack FILE` verifies it on a machine with snapd, before `snap install` of the file that it names", content => Begins(content, "type: "u8) && HasText(content, "\nauthority-id: "u8) && HasText(content, "\nsign-key-sha3-384: "u8)),
        new("git", "a commit or tag of git", "verify it in its repository with `git verify-commit COMMIT` or `git verify-tag TAG`", IsGitObject),
        new("git-bundle", "a bundle of a git repository, whose commits and tags may be signed", "fetch from it into a repository, and verify with `git verify-tag TAG` or `git verify-commit COMMIT`", IsGitBundle),
        new("rpm", "an RPM package", "verify it with `rpmkeys --checksig FILE`", content => BeginsWith(content, [0xED, 0xAB, 0xEE, 0xDB])),
        new("debsig", "a Debian package with a signature of its own", "verify it with `debsig-verify FILE`", content => Begins(content, "!<arch>\ndebian-binary"u8) && HasText(content, "_gpg"u8)),
        new("pdf", "a PDF document", "verify it with `pdfsig FILE`", content => Begins(content, "%PDF-"u8) && HasText(content, "/ByteRange"u8)),
        new("xml", "signed XML", "verify it with `xmlsec1 --verify --trusted-pem CA.pem FILE`", content => Begins(content, "<"u8) && HasText(content, "http://www.w3.org/2000/09/xmldsig#"u8)),

        // Of registries and logs.
        new("notation-cose", "a Notary Project signature (COSE)", "verify it with `notation verify IMAGE@DIGEST`", content => BeginsWith(content, [0xD2, 0x84]) && HasText(content, "io.cncf.notary"u8)),
        new("cose", "a COSE message (COSE_Sign1, COSE_Sign)", "verify it with the tool that made it, such as `CoseSignTool validate`", CoseMark.IsAtStart),
        new("notation", "a Notary Project signature (JWS)", "verify it with `notation verify IMAGE@DIGEST`", IsNotation),
        new("in-toto-link", "in-toto metadata of before the envelopes", "verify it with `in-toto-verify --layout root.layout --layout-keys KEY.pub`", content => Names(content, "signed._type", "signatures") && (Names(content, "signed.byproducts") || Names(content, "signed.steps"))),
        new("tuf", "TUF metadata, as Docker's content trust (Notary v1) has it", "a whole repository is verified by `offlinekit trust check FOLDER`", content => Names(content, "signed._type", "signatures")),
        new("sigsum", "a Sigsum proof", "verify it with `sigsum-verify -k KEY.pub -p POLICY FILE.proof < FILE`", content => (Begins(content, "version=1\nlog="u8) || Begins(content, "version=2\nlog="u8))),
        new("opentimestamps", "an OpenTimestamps proof, which says when and not who", "verify it with `ots verify FILE.ots`", content => BeginsWith(content, [0x00, 0x4F, 0x70, 0x65, 0x6E, 0x54, 0x69, 0x6D, 0x65, 0x73, 0x74, 0x61, 0x6D, 0x70, 0x73])),

        new("rekor-entry", "an entry of a Sigstore log, which proves when and not who", "verify it with `rekor-cli verify --artifact FILE --signature FILE.sig --public-key KEY.pub`, or ask for the Sigstore bundle that it belongs to", IsRekorEntry),
        new("pgp-message", "an OpenPGP message, which holds its file packed or encrypted", "take the file out and verify it with `gpg --output FILE --decrypt FILE.gpg`, or ask for a detached or clear-signed signature", IsPgpMessage),

        // What stands in the place of a signature.
        NoSignature("encrypted", "an encrypted file (age)", "decrypt it, and verify what is in it", content => Begins(content, "age-encryption.org/v1\n"u8) || Begins(content, "-----BEGIN AGE ENCRYPTED FILE-----"u8)),
        NoSignature("private-key", "a private key, not a signature", "nobody but its owner may have it: tell the sender, and fetch the signature", content => Begins(content, "-----BEGIN "u8) && HasText(FirstLine(content), " PRIVATE KEY"u8)),
        NoSignature("server-error", "the error of a server", "the download answered with an error in place of the file; fetch it again", content => Begins(content, "<?xml"u8) && HasText(Head(content), "<Error><Code>"u8) || content.Trim(" \t\r\n"u8).SequenceEqual("404: Not Found"u8) || content.Trim(" \t\r\n"u8).SequenceEqual("Not Found"u8)),
        NoSignature("pgp-key", "an OpenPGP key, not a signature", "fetch the signature, and give this file as the key", content => Begins(content, "-----BEGIN PGP PUBLIC KEY BLOCK-----"u8)),
        NoSignature("ssh-key", "an SSH public key, not a signature", "fetch the signature; for SSH signatures the key stands in the file of allowed signers", content => (Begins(content, "ssh-ed25519 "u8) || Begins(content, "ssh-rsa "u8) || Begins(content, "ecdsa-sha2-"u8))),
        NoSignature("minisign-key", "a public key, not a signature", "fetch the signature, and give this file as the key", content => MinisignPublicKey.LooksLikeOne(content.TrimEnd("\r\n"u8))),
        NoSignature("public-key", "a public key, not a signature", "fetch the signature, and give this file as the key", content => (Begins(content, "-----BEGIN PUBLIC KEY-----"u8) || Begins(content, "-----BEGIN RSA PUBLIC KEY-----"u8))),
        NoSignature("certificate", "a certificate, not a signature", "fetch the signature; of a bare cosign signature this file is named as the certificate", content => Begins(content, "-----BEGIN CERTIFICATE-----"u8)),
        NoSignature("statement", "an in-toto statement without an envelope: nobody signed it", "ask for the envelope or bundle around it", content => Names(content, "_type", "predicateType", "subject")),
        NoSignature("web-page", "a web page", "the download answered with a page in place of the file; fetch it again", content => (Begins(content, "<!doctype html"u8) || Begins(content, "<!DOCTYPE html"u8) || Begins(content, "<html"u8))),
        NoSignature("git-lfs", "a pointer of Git LFS", "fetch the file behind it with `git lfs pull`", content => Begins(content, "version https://git-lfs.github.com/spec/"u8)),
    ];

    /// <summary>The form of <paramref name="content"/>, or null when it is none of these.</summary>
    public static ForeignForm? Of(ReadOnlySpan<byte> content)
    {
        foreach (ForeignForm form in All)
        {
            if (form.Marks(content))
            {
                return form;
            }
        }

        return null;
    }

    private static ForeignForm NoSignature(string name, string title, string advice, ForeignMark marks) => new(name, title, advice, marks) { IsNoSignature = true };
}
