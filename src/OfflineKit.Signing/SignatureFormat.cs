using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Policy;
using OfflineKit.Signing.Output;
using OfflineKit.Trust;

namespace OfflineKit.Signing;

/// <summary>One form of signature that can be written: it asks the key and builds the bytes that the core's reader of the same name verifies.</summary>
/// <remarks>A new form is one class here; its options are its properties.</remarks>
internal abstract class SignatureFormat
{
    /// <summary>The name of the core's format that reads it, such as <c>minisign</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What is appended to the artefact's name.</summary>
    public abstract string Suffix { get; }

    /// <summary>The files that one signature becomes, which tells what <c>--force</c> may replace.</summary>
    public virtual OutputShape Shape => new(OutputKinds.Signature(Name));

    /// <summary>The output is the subject itself with its signature in it.</summary>
    public virtual bool IsDocumentItself => false;

    /// <summary>The scheme of an RSA key when the user names none; null makes the user choose.</summary>
    public virtual SignatureScheme? SchemeForRsa => null;

    /// <summary>What must be known about the subject to sign it by <paramref name="key"/>, the core's verification included.</summary>
    public abstract ReadingPlan Plan(PublicKey key);

    /// <summary>Refuses keys and subjects that do not suit this form, before any key is asked.</summary>
    public virtual void Check(SigningKey key, Artifact subject)
    {
    }

    /// <summary>What the user should know about this subject's signature.</summary>
    public virtual ImmutableArray<string> Remarks(Artifact subject) => [];

    /// <summary>The bytes that <paramref name="key"/> signs, for <c>--dry-run</c>: one line.</summary>
    public abstract string Describe(SigningKey key, Artifact subject, DateTimeOffset signedAt);

    /// <summary>Asks <paramref name="key"/> and builds the file.</summary>
    public abstract Task<SignedOutput> SignAsync(SigningKey key, Artifact subject, DateTimeOffset signedAt, CancellationToken cancellation);

    /// <summary>What the core must be told to read the output.</summary>
    public virtual Expectations Expectations(SigningKey key) => OfflineKit.Expectations.None;

    /// <summary>What the core trusts when it verifies the output.</summary>
    public virtual TrustStore Trust(SigningKey key, KeyMaterial pinned) => new() { Keys = [Trusted(key, pinned)] };

    /// <summary>What the core must find proved in the output; asked after signing.</summary>
    public virtual SignaturePolicy Policy(SigningKey key) => SignaturePolicy.AnyPinnedSigner;

    /// <summary>The pinned key as the core looks it up in this format.</summary>
    public virtual TrustedKey Trusted(SigningKey key, KeyMaterial pinned) =>
        new("signing key", pinned, "the pinned public key") { Hints = [key.Reference], Schemes = [key.PublicKey.Scheme] };
}

/// <summary>What a format built, not yet believed.</summary>
/// <param name="Content">The file.</param>
/// <param name="RequestId">The service's id of the request, for the audit log; empty for local keys.</param>
internal sealed record SignedOutput(ReadOnlyMemory<byte> Content, string RequestId)
{
    /// <summary>What is written next to the file, in the order of <see cref="OutputShape.Companions"/>.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Companions { get; init; } = [];
}
