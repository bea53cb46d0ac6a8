using System.Collections.Immutable;

namespace OfflineKit;

/// <summary>What a file <em>says</em>: parsed, well-formed, and believed by nobody.</summary>
internal abstract class Envelope
{
    /// <summary>The names of JSON documents around a signature: data to every program.</summary>
    protected static readonly ImmutableArray<string> NamesOfJson = [".json", ".jsonl", ".ndjson", ".dsse", ".intoto", ".jws", ".jwt", ".jose", ".att", ".attestation", ".bundle", ".sigstore", ".sig", ".prov"];

    /// <summary>The format's name, such as <c>minisign</c>.</summary>
    public abstract string Format { get; }

    /// <summary>What the file claims, for <c>inspect</c>; nothing of it is checked.</summary>
    public abstract ImmutableArray<Claim> Claims { get; }

    /// <summary>Only trusted keys can prove something here; false where a checksum, an HMAC or a simulation is all there is.</summary>
    public virtual bool NeedsTrust => true;

    /// <summary>What the file carries and its signature covers; null where it signs another file or speaks of one.</summary>
    /// <remarks>Such a file is nobody else's signature: <see cref="Verifier"/> refuses it beside an artefact that is not this content, byte for byte.</remarks>
    public virtual OwnContent? OwnContent => null;

    /// <summary>Its file can be nothing but a signature of another file: it bears the marks of its form and carries no content of its own.</summary>
    public virtual bool IsUnmistakable => NeedsTrust && OwnContent is null;

    /// <summary>What stands in its file, is of no fixed form, and is covered by no signature; <see cref="DocumentItself"/> looks at it where the file itself is asked about.</summary>
    public virtual ImmutableArray<string> UnsignedTexts => [];

    /// <summary>How a file of this form is called, where so much in it is covered by no signature that under another name it could be something else; empty: all of it is signed or fixed.</summary>
    public virtual ImmutableArray<string> DocumentNames => [];

    /// <summary>The demands that it answers, besides those on its evidence; <see cref="Verifier"/> refuses every other one.</summary>
    public abstract ImmutableArray<Demand> Answers { get; }

    /// <summary>What must be read from the artefact before <see cref="Verify"/>.</summary>
    public abstract ReadingPlan Plan(VerificationContext context);

    /// <summary>The mathematics: what follows from these bytes, this artefact and this trust.</summary>
    /// <remarks>The artefact was read once, by <see cref="Plan"/>. Nothing is thrown for bad input after parsing.</remarks>
    public abstract Proof Verify(Artifact artifact, VerificationContext context);
}
