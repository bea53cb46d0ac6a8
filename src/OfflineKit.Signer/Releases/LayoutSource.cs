using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Formats.Cosign;
using OfflineKit.Policy;
using OfflineKit.Signer.Entitlements;
using OfflineKit.Signer.Http;
using OfflineKit.Trust;

namespace OfflineKit.Signer.Releases;

/// <summary>An OCI layout, a folder or an archive: judged as <c>offlinekit verify-image</c> judges it, by the pinned keys of releases.</summary>
internal sealed class LayoutSource(string path, IReadOnlyList<TrustedKey> keys) : ReleaseSource
{
    /// <inheritdoc/>
    public override string Name => "layout";

    /// <inheritdoc/>
    public override Task<ReleaseAnswer> AskAsync(string digest, DateTimeOffset now, CancellationToken cancellation)
    {
        Result<OciLayout> layout = Read();
        return Task.FromResult(layout.Value is { } read ? Judge(read, digest, keys, now) : new ReleaseAnswer.Refused($"the layout is malformed: {layout.Finding!.Reason.Code}"));
    }

    /// <summary>What <paramref name="layout"/> says of the image <paramref name="digest"/>.</summary>
    public static ReleaseAnswer Judge(OciLayout layout, string digest, IReadOnlyList<TrustedKey> keys, DateTimeOffset now)
    {
        VerificationContext context = new(new TrustStore { Keys = [.. keys] }, new Expectations { DemandedSigner = DemandedSigner.Key }, StatedTime: now);
        Verdict verdict = ImageVerifier.Verify(layout, Digest.FromHex(DigestAlgorithm.Sha256, digest[7..], "image"), context, SignaturePolicy.AnyPinnedSigner);
        if (verdict.IsTrusted)
        {
            // The verdict speaks by one signature; what each of the others that hold says of the month counts as well.
            IEnumerable<Evidence> all = verdict.Members.Where(member => member.Verdict.IsTrusted).SelectMany(member => member.Verdict.Proof.Evidence).Concat(verdict.Proof.Evidence);
            string[] versions = [.. all.OfType<StatesVersion>().Select(stated => stated.Version).Distinct(StringComparer.Ordinal)];
            return versions.Length > 1
                ? new ReleaseAnswer.Refused("two releases claim one digest")
                : new ReleaseAnswer.Trusted(verdict.Proof.Evidence.OfType<SignedByKey>().First().Fingerprint, versions is [var version] ? CalendarVersion.In(version) : null, Until: null);
        }

        return verdict.Findings[0].Reason == ImageReasons.NoSignature
            ? new ReleaseAnswer.Unknown()
            : new ReleaseAnswer.Refused($"its signature does not hold: {verdict.Findings[0].Reason.Code}");
    }

    private Result<OciLayout> Read()
    {
        try
        {
            return Result.Parse(ImageReasons.MalformedLayout, () =>
            {
                if (FileStatus.IsFolder(path))
                {
                    return OciLayout.FromFolder(path);
                }

                using Stream archive = InputFile.Open(path, "image layout");
                return OciLayout.FromTar(archive);
            });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or UsageException)
        {
            throw Problems.ReleaseCheckUnavailable.Because("the image layout cannot be read").After(60);
        }
    }
}
