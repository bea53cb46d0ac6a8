using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.FileSystem;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Exports;

/// <summary>The receiver's own verification, over what lies on the disk, before it gets its name.</summary>
internal static class KitCheck
{
    /// <summary>Refuses a kit that a receiver with these keys would refuse.</summary>
    /// <exception cref="SigningException"><c>sign.does-not-verify</c>.</exception>
    public static void Verify(string draft, KitSigners signers, DateTimeOffset time)
    {
        ExportLayout layout = ExportLayouts.ByName("offlinekit-kit") ?? throw new InvalidOperationException("the core reads no kits");
        IEnumerable<TrustedKey> keys = signers.All.Select(signer => signer.Key.PublicKey.Material).Distinct().Select(material => new TrustedKey("signing key", material, "the signing key"));
        VerificationContext context = new(new TrustStore { Keys = [.. keys] }, Expectations.None with { Threshold = signers.Statement.Length, DemandedSigner = DemandedSigner.Key }, time);
        using FileStream? archive = FileStatus.IsFolder(draft) ? null : PlainFile.OpenToRead(draft);
        Result<ExportInventory> inventory = archive is null ? ExportSource.Folder(draft, Environment.ProcessorCount) : ExportSource.Archive(draft, archive);
        Finding? refusal = inventory.Value is { } export
            ? ExportVerifier.Verify(new ExportRequest(export, context, SignaturePolicy.AnyPinnedSigner) { Layout = layout }).Verdict.Findings.FirstOrDefault()
            : inventory.Finding;
        if (refusal is not null)
        {
            throw SigningReasons.DoesNotVerify.Refusal($"the kit would be refused: {refusal.Reason.Code}: {refusal.Detail}");
        }
    }
}
