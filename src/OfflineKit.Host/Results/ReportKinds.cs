namespace OfflineKit.Host.Results;

/// <summary>What earlier reports look like: a report replaces a report of the same form, and nothing else.</summary>
internal static class ReportKinds
{
    private const int Head = 4096;

    /// <summary>The page for people.</summary>
    public static OutputKind Html { get; } = Beginning("HTML report", "<title>Verification report</title>"u8.ToArray());

    /// <summary>JUnit XML.</summary>
    public static OutputKind JUnit { get; } = Beginning("JUnit report", "<testsuites name=\"offlinekit\""u8.ToArray());

    /// <summary>The table.</summary>
    public static OutputKind Csv { get; } = Beginning("CSV report", "path,status,reason,detail,format,size,digest"u8.ToArray());

    /// <summary>SARIF.</summary>
    public static OutputKind Sarif { get; } = Beginning("SARIF report", "\"name\": \"offlinekit\""u8.ToArray());

    private static OutputKind Beginning(string name, byte[] mark) => new(name, file =>
    {
        byte[] head = new byte[Head];
        int length = file.ReadAtLeast(head, Head, throwOnEndOfStream: false);
        return head.AsSpan(0, length).IndexOf(mark) >= 0;
    });
}
