using OfflineKit.Cli.Batches;

namespace OfflineKit.Cli;

/// <summary>How a verdict is shown.</summary>
/// <param name="Form">On standard output.</param>
/// <param name="Page">The auditor's page as well; null: none.</param>
internal sealed record VerdictForm(OutputForm Form, ResultPage? Page);
