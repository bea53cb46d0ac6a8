namespace OfflineKit.Cli.Tests.Changes;

/// <summary>Every form of every format, changed in each byte and each part of what is signed, of the signature and of the keys: what stays trusted does so for a reason that stands in the table.</summary>
public sealed class ChangedFormsTests
{
    public static TheoryData<string> Vectors => [.. SignedForms.All.Select(form => form.Vector)];

    [Fact]
    public void Every_format_has_a_form_here() =>
        Assert.Equal(KnownFormats.All.Select(format => format.Name).Order(StringComparer.Ordinal), SignedForms.All.Select(form => form.Format).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_changed_form_is_refused_but_for_the_reasons_of_the_table(string vector)
    {
        string complaints = string.Join('\n', SignedForms.All.Single(form => form.Vector == vector).Complaints().Take(20));
        Assert.True(complaints.Length == 0, complaints);
    }
}
