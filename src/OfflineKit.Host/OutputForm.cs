namespace OfflineKit.Host;

/// <summary>How the verdict is written to standard output.</summary>
internal enum OutputForm
{
    Text,
    Json,
    Ndjson,
}
