namespace OfflineKit.Encoding;

/// <summary>Bytes do not have the one spelling that their format allows.</summary>
/// <remarks>
/// Thrown by parsers only and turned into a <see cref="Finding"/> in exactly one place, <see cref="Result"/>.
/// A null <see cref="Reason"/> means that the caller's general reason ("signature.malformed", "key.malformed") fits.
/// </remarks>
public sealed class MalformedException : Exception
{
    /// <summary>A parser met something that it refuses; <paramref name="detail"/> quotes what was seen and what was wanted.</summary>
    internal MalformedException(string detail) : base(detail)
    {
    }

    /// <summary>The same, with a reason more exact than "malformed".</summary>
    internal MalformedException(Reason reason, string detail) : base(detail) => Reason = reason;

    /// <summary>The exact reason, where the parser knows one.</summary>
    public Reason? Reason { get; }

    /// <summary>What the reader can do about it, where the parser knows more than the reason says; it quotes nothing of the file.</summary>
    internal Advice? Advice { get; init; }
}
