using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.CodeSentinel;

/// <summary>CodeSentinel's signed events, by a profile of ours: one event, or a log of one event a line.</summary>
internal sealed class CodeSentinelFormat : Format
{
    /// <summary>What every report on one of them says.</summary>
    internal static string Profile { get; } = Experimental.Note("codesentinel", "read by the codesentinel profile (OfflineKit): no public definition of these records exists");

    /// <inheritdoc/>
    public override string Name => "codesentinel";

    /// <inheritdoc/>
    public override string Title => $"CodeSentinel signed event or event log ({Experimental.Word}: profile of OfflineKit)";

    /// <inheritdoc/>
    public override ImmutableArray<string> SignatureSuffixes => [];

    /// <inheritdoc/>
    public override bool IsSelfContained => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> content, Expectations expectations) => JsonOutline.Of(content).Contains("signature.provider");

    /// <inheritdoc/>
    public override Envelope Parse(ReadOnlyMemory<byte> content, Expectations expectations) =>
        EventLog.IsLog(content) ? EventLog.Parse(content) : SignedEvent.Parse(content);
}
