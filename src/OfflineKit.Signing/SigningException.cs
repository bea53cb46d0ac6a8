namespace OfflineKit.Signing;

/// <summary>Nothing was signed, or nothing may be released: the finding says why. No output file exists when this was thrown.</summary>
/// <remarks>The message never quotes tokens, passwords, PINs, headers or request bodies.</remarks>
internal sealed class SigningException : Exception
{
    /// <summary>A refusal with its reason.</summary>
    public SigningException(Finding finding) : base(finding.Detail) => Finding = finding;

    /// <summary>A refusal whose cause is kept for debugging only; it is never shown.</summary>
    public SigningException(Finding finding, Exception cause) : base(finding.Detail, cause) => Finding = finding;

    /// <summary>The reason, and what was seen and wanted.</summary>
    public Finding Finding { get; }
}
