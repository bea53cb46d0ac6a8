using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Host.Requests;
using OfflineKit.Host.Results;

namespace OfflineKit.Cli.Tests;

/// <summary>What a report says of a file about which nothing was decided.</summary>
public sealed class UndecidedRowsTests
{
    public static TheoryData<string> Codes => [.. UndecidedReasons.Explained.Select(reason => reason.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Its_reason_means_what_explain_says(string code)
    {
        ResultRow row = Row(code);
        Reason reason = UndecidedReasons.Find(code)!;
        Assert.Equal((reason.Meaning, reason.Advice.In(SurfaceWording.CommandLine)), (row.Meaning, row.NextStep));
    }

    [Fact]
    public void A_reason_of_another_version_is_said_to_be_one() => Assert.Equal("nothing could be decided", Row("of.tomorrow").Meaning);

    private static ResultRow Row(string code)
    {
        byte[] line = JsonSerializer.SerializeToUtf8Bytes(new { path = "a", status = "not-signed", files = Array.Empty<object>(), error = new { code, message = "m" } });
        return ResultRow.Parse(line, StrictJson.ParseObject(line, "line"));
    }
}
