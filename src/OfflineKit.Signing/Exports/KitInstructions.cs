using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Signing.Exports;

/// <summary>VERIFY.txt: what the receiver does, for somebody who has never seen a kit. Every command in it can be typed as it stands.</summary>
/// <param name="order">What is packed, and under which name.</param>
/// <param name="signers">Who signs it.</param>
/// <param name="certificates">What the kit carries for receivers who trust an authority.</param>
internal sealed class KitInstructions(KitOrder order, KitSigners signers, ImmutableArray<Certificate> certificates)
{
    // Commands run beside the kit; a folder is looked into where it is, an archive is unpacked into "kit".
    private readonly string _keys = order.IsFolder ? order.FileName + "/" : "";
    private readonly string _content = order.IsFolder ? order.FileName + "/" : "kit/";

    /// <summary>The file.</summary>
    public byte[] Text() => Utf8Text.Encode(string.Join('\n', (string[])
    [
        $"{order.Name} {order.Version}",
        "",
        "Verify this kit before you use anything in it. Lines that begin with $ are commands; they are typed in the folder that",
        $"holds {order.FileName}.",
        "",
        "1. The public keys of those who packed it",
        "",
        "Use copies that you have from somewhere else than this kit. If you have none, take those in trust/ and compare their",
        "fingerprints with what the packers tell you by another way, such as a telephone call. Printed here they prove nothing:",
        "whoever changes a kit can change this text as well. Nothing is trusted because it is in the kit.",
        "",
        .. order.IsFolder ? (string[])[] : [$"  $ tar -xf {Word(order.FileName)} trust"],
        .. signers.Statement.SelectMany((signer, i) => Fingerprint(signer, i)),
        "",
        "2. The whole kit, with one command",
        "",
        $"  $ offlinekit verify-export {Word(order.FileName)}{Keys()}",
        "",
        .. certificates.IsEmpty ? (string[])[] : ByAuthority(),
        .. signers.Bundle is null && signers.Minisign is null ? (string[])[] : ByOthers(),
    ]));

    private IEnumerable<string> Fingerprint(KitSigner signer, int index) =>
    [
        $"  $ openssl pkey -pubin -in {Word(_keys + KitSigners.NameOf(index))} -outform DER | sha256sum",
        $"  {signer.Key.PublicKey.Material.Fingerprint}  -",
    ];

    private string Keys() => string.Concat(signers.Statement.Select((_, i) => $" --key {Word(_keys + KitSigners.NameOf(i))}"))
        + (signers.Statement.Length > 1 ? $" --threshold {signers.Statement.Length}" : "");

    private string[] ByAuthority() =>
    [
        $"Or by the certificate of \"{certificates[^1].Issuer}\", which you have from somewhere else, as ca.pem:",
        "",
        $"  $ offlinekit verify-export {Word(order.FileName)} --ca ca.pem",
        "",
    ];

    private string[] ByOthers() =>
    [
        "3. Without offlinekit",
        "",
        "Other programs verify the signature of the list, kit.json, and then the files on it. All commands must succeed. Files that",
        "are not on the list stay unnoticed: use only what is on it.",
        "",
        .. order.IsFolder ? (string[])[] : ["  $ mkdir kit", $"  $ tar -xf {Word(order.FileName)} -C kit"],
        .. signers.Bundle is null ? (string[])[] :
        [
            "  $ echo '{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}' > no-root.json",
            $"  $ cosign verify-blob --key {Word(_keys + KitSigners.NameOf(signers.BundleIndex))} --bundle {Word(_content + KitFormat.Bundle)} --new-bundle-format"
                + $" --trusted-root no-root.json --insecure-ignore-tlog=true {Word(_content + KitFormat.List)}",
        ],
        .. signers.Statement.SelectMany((signer, i) => Attestation(signer, i)),
        .. signers.Minisign is null ? (string[])[] : [$"  $ minisign -Vm {Word(_content + KitFormat.List)} -p {Word(_keys + KitSigners.MinisignKey)}"],
        $"  $ jq -r '.files[] | .sha256 + \"  \" + .path' {Word(_content + KitFormat.List)} | (cd {Word(_content)} && sha256sum --check --strict --quiet)",
        "",
    ];

    private string[] Attestation(KitSigner signer, int index) => !KitSigners.IsOfCosign(signer) ? [] :
    [
        $"  $ cosign verify-blob-attestation --key {Word(_keys + KitSigners.NameOf(index))} --signature {Word(_content + KitFormat.Statement)}"
            + $" --type {KitFormat.PredicateType} --insecure-ignore-tlog=true {Word(_content + KitFormat.List)}",
    ];

    // A word of a shell's command line.
    private static string Word(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+,".Contains(c, StringComparison.Ordinal)) && !text.StartsWith('-') ? text
        : $"'{(text.StartsWith('-') ? "./" : "")}{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
