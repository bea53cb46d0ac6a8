using System.Collections.Generic;
using Xunit;

namespace OfflineKit.PowerShell.Tests;

/// <summary>Keys are written as the command line takes them; what may mean two things is refused.</summary>
public sealed class KeyNameTests
{
    private const string Written = "RWS9pvrrLH7SuWvI7bHk22CIG6eVacYVDd2Y6LV6yJcllbiEYKjtCRhD";

    [Theory]
    [InlineData("a.pub", "/here/a.pub")]
    [InlineData("none.pub", "/here/none.pub")]
    [InlineData("release=a.pub", "release=/here/a.pub")]
    [InlineData("=a.pub", "=/here/a.pub")]
    [InlineData("bm8=x=a.pub", "bm8=x=/here/a.pub")]
    [InlineData("release=none.pub", "/here/release=none.pub")]
    [InlineData("./x=a.pub", "/here/./x=a.pub")]
    [InlineData(Written, Written)]
    [InlineData("release=" + Written, "release=" + Written)]
    [InlineData(Written + "=", "/here/" + Written + "=")]
    [InlineData("RWS9pvrrLH7SuWvI7bHk22CIG6eVacYVDd2Y6LV6yJcllbiEYKjtCR", "RWS9pvrrLH7SuWvI7bHk22CIG6eVacYVDd2Y6LV6yJcllbiEYKjtCR")]
    [InlineData("RWZ9pvrrLH7SuWvI7bHk22CIG6eVacYVDd2Y6LV6yJcllbiEYKjtCRhD", "/here/RWZ9pvrrLH7SuWvI7bHk22CIG6eVacYVDd2Y6LV6yJcllbiEYKjtCRhD")]
    public void A_key_is_a_file_or_its_text(string given, string wanted) => Assert.Equal(wanted, Of(given, "a.pub"));

    [Fact]
    public void A_file_that_is_called_like_a_key_makes_it_unclear()
    {
        Assert.Null(Of(Written, Written));
        Assert.Null(Of("release=" + Written, Written));
        Assert.Null(Of("x=a.pub", "a.pub", "x=a.pub"));
        Assert.Equal("/here/./" + Written, Of("./" + Written, Written));
    }

    private static string? Of(string given, params string[] there)
    {
        HashSet<string> files = [.. there];
        return KeyName.InFull(given, name => "/here/" + name, files.Contains);
    }
}
