using System.Collections.Immutable;
using OfflineKit.Formats.Foreign;

namespace OfflineKit.Formats.SshSig;

/// <summary>SSH signatures (<c>ssh-keygen -Y sign</c>), security keys included.</summary>
internal sealed class SshSigFormat : Format
{
    /// <inheritdoc/>
    public override string Name => "sshsig";

    /// <inheritdoc/>
    public override string Title => "SSH signature (ssh-keygen -Y sign)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [".sig", ".sshsig"];

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) => content.IndexOf(SshSigEnvelope.Begin) >= 0 && !ForeignMarks.IsGitObject(content);

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) => SshSigEnvelope.Parse(content.Span);
}
