using OfflineKit.Signer.Entitlements;

namespace OfflineKit.Signer.Releases;

/// <summary>What one source says of an image.</summary>
internal abstract record ReleaseAnswer
{
    private ReleaseAnswer()
    {
    }

    /// <summary>The source has nothing about it.</summary>
    public sealed record Unknown : ReleaseAnswer;

    /// <summary>It is a release.</summary>
    /// <param name="Signer">Who vouches: a fingerprint, an identity or the two operators.</param>
    /// <param name="Version">The month in the signed record; null when it names none.</param>
    /// <param name="Until">When that ends; null when it does not.</param>
    public sealed record Trusted(string Signer, CalendarVersion? Version, DateTimeOffset? Until) : ReleaseAnswer;

    /// <summary>The source has something about it that does not hold.</summary>
    /// <param name="Why">What.</param>
    public sealed record Refused(string Why) : ReleaseAnswer;
}

/// <summary>What all sources together say.</summary>
/// <param name="Digest">The image.</param>
/// <param name="Release">The release; null when it is none.</param>
/// <param name="Source">The source that decided; empty when none knows the image.</param>
/// <param name="Reason">Why it is none; empty when it is one.</param>
/// <param name="CheckedAt">When the sources were asked.</param>
/// <param name="ExpiresAt">When they are asked again.</param>
internal sealed record ReleaseVerdict(string Digest, ReleaseAnswer.Trusted? Release, string Source, string Reason, DateTimeOffset CheckedAt, DateTimeOffset ExpiresAt);

/// <summary>A place that knows releases.</summary>
internal abstract class ReleaseSource
{
    /// <summary>What it is called in answers and the log.</summary>
    public abstract string Name { get; }

    /// <summary>What is known of the image <paramref name="digest"/> (<c>sha256:HEX</c>) at <paramref name="now"/>.</summary>
    /// <exception cref="Http.RefusedException"><c>release_check_unavailable</c>: the source cannot be asked.</exception>
    public abstract Task<ReleaseAnswer> AskAsync(string digest, DateTimeOffset now, CancellationToken cancellation);
}
