using System.Collections.Immutable;
using static OfflineKit.Formats.Foreign.ForeignMarks;

namespace OfflineKit.Formats.Foreign;

/// <summary>Every form that is known and not verified, one line each; the first that fits is the one.</summary>
/// <remarks>Each has a vector in tests/vectors/foreign. Source: docs/spec/foreign.md.</remarks>
internal static class ForeignForms
{
    /// <summary>All forms.</summary>
    public static ImmutableArray<ForeignForm> All { get; } =
    [
        // Around CMS; a plain message and what Windows makes of it belong to the format cms.
        new("timestamp", "an RFC 3161 timestamp, which says when and not who", "verify it with `openssl ts -verify -in FILE.tsr -data FILE -CAfile CA.pem`", content => IsDer(content) && Has(content[..Math.Min(content.Length, 512)], [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x04])),
        new("pgp-mime", "PGP/MIME mail", "take the two parts apart and verify the second with `gpg --verify SIGNATURE.asc PART`", content => IsMail(content) && HasText(Head(content), "application/pgp-signature"u8)),
        new("smime", "S/MIME mail", "verify it with `openssl smime -verify -in FILE -CAfile CA.pem -out VERIFIED`", content => IsMail(content) && HasText(Head(content), "pkcs7-"u8)),

        // In programs, packages and documents.
        new("authenticode", "Authenticode, within a Windows program", "verify it with `Get-AuthenticodeSignature FILE` on Windows, or `osslsigncode verify -in FILE`", PortableExecutable.IsSigned),
        new("authenticode-msi", "Authenticode, within a Windows installer", "verify it with `Get-AuthenticodeSignature FILE` on Windows, or `osslsigncode verify -in FILE`", content => BeginsWith(content, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) && Has(content, [0x05, 0x00, 0x44, 0x00, 0x69, 0x00, 0x67, 0x00, 0x69, 0x00, 0x74, 0x00, 0x61, 0x00, 0x6C, 0x00, 0x53, 0x00])),
        new("authenticode-script", "Authenticode, within a script", "verify it with `Get-AuthenticodeSignature FILE` on Windows", content => HasText(content, "SIG # Begin signature block"u8)),
        new("apple", "an Apple code signature, within a program", "verify it with `codesign --verify --strict --verbose FILE` on macOS", content => (BeginsWith(content, [0xCF, 0xFA, 0xED, 0xFE]) || BeginsWith(content, [0xCA, 0xFE, 0xBA, 0xBE, 0x00, 0x00])) && Has(content, [0xFA, 0xDE, 0x0C, 0xC0])),
        new("apple-package", "an Apple installer package", "verify it with `pkgutil --check-signature FILE` on macOS", content => BeginsWith(content, [0x78, 0x61, 0x72, 0x21, 0x00, 0x1C])),
        new("apk", "an Android package", "verify it with `apksigner verify --print-certs FILE`", content => IsZip(content) && HasText(content, "APK Sig Block 42"u8)),
        new("nuget", "a NuGet package", "verify it with `dotnet nuget verify FILE`", content => IsZip(content) && HasText(content, ".signature.p7s"u8)),
        new("asic", "an ASiC container", "verify it with `digidoc-tool open FILE`", content => IsZip(content) && HasText(content, "application/vnd.etsi.asic-"u8)),
        new("office", "an Office document or VSIX package", "open it in the program that made it, which shows who signed", content => IsZip(content) && (HasText(content, "_xmlsignatures/"u8) || HasText(content, "package/services/digital-signature/"u8))),
        new("jar", "a JAR", "verify it with `jarsigner -verify -strict -certs FILE`", content => IsZip(content) && HasText(content, "META-INF/"u8) && HasText(content, ".SF"u8)),
        new("rpm", "an RPM package", "verify it with `rpmkeys --checksig FILE`", content => BeginsWith(content, [0xED, 0xAB, 0xEE, 0xDB])),
        new("debsig", "a Debian package with a signature of its own", "verify it with `debsig-verify FILE`", content => Begins(content, "!<arch>\ndebian-binary"u8) && HasText(content, "_gpg"u8)),
        new("pdf", "a PDF document", "verify it with `pdfsig FILE`", content => Begins(content, "%PDF-"u8) && HasText(content, "/ByteRange"u8)),
        new("xml", "signed XML", "verify it with `xmlsec1 --verify --trusted-pem CA.pem FILE`", content => Begins(content, "<"u8) && HasText(content, "http://www.w3.org/2000/09/xmldsig#"u8)),

        // Of registries and logs.
        new("notation-cose", "a Notary Project signature (COSE)", "verify it with `notation verify IMAGE@DIGEST`", content => BeginsWith(content, [0xD2, 0x84]) && HasText(content, "io.cncf.notary"u8)),
        new("notation", "a Notary Project signature (JWS)", "verify it with `notation verify IMAGE@DIGEST`", IsNotation),
        new("in-toto-link", "in-toto metadata of before the envelopes", "verify it with `in-toto-verify --layout root.layout --layout-keys KEY.pub`", content => Names(content, "signed._type", "signatures") && (Names(content, "signed.byproducts") || Names(content, "signed.steps"))),
        new("tuf", "TUF metadata, as Docker's content trust (Notary v1) has it", "a whole repository is verified by `offlinekit trust check FOLDER`", content => Names(content, "signed._type", "signatures")),
        new("sigsum", "a Sigsum proof", "verify it with `sigsum-verify -k KEY.pub -p POLICY FILE.proof < FILE`", content => (Begins(content, "version=1\nlog="u8) || Begins(content, "version=2\nlog="u8))),
        new("opentimestamps", "an OpenTimestamps proof, which says when and not who", "verify it with `ots verify FILE.ots`", content => BeginsWith(content, [0x00, 0x4F, 0x70, 0x65, 0x6E, 0x54, 0x69, 0x6D, 0x65, 0x73, 0x74, 0x61, 0x6D, 0x70, 0x73])),

        // What stands in the place of a signature.
        NoSignature("pgp-key", "an OpenPGP key, not a signature", "fetch the signature, and give this file as the key", content => Begins(content, "-----BEGIN PGP PUBLIC KEY BLOCK-----"u8)),
        NoSignature("ssh-key", "an SSH public key, not a signature", "fetch the signature; for SSH signatures the key stands in the file of allowed signers", content => (Begins(content, "ssh-ed25519 "u8) || Begins(content, "ssh-rsa "u8) || Begins(content, "ecdsa-sha2-"u8))),
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
