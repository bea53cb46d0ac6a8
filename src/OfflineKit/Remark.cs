namespace OfflineKit;

/// <summary>Something the reader should know that neither proves nor refuses.</summary>
/// <param name="Code">Stable name: <c>note.unsigned-metadata</c>, <c>note.integrity-only</c> …</param>
/// <param name="Text">One sentence; may quote untrusted text.</param>
public sealed record Remark(string Code, string Text);
