using OfflineKit.Signing.Instances;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>Which services of a signing config are used.</summary>
public sealed class SigningConfigTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_highest_known_version_that_is_valid_now_is_used()
    {
        SigstoreInstance instance = Parse(
            $"\"caUrls\":[{Service("https://old.example", 1, "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")},{Service("https://ca.example", 1)}],\"oidcUrls\":[{Service("https://oidc.example", 1)}],"
            + $"\"rekorTlogUrls\":[{Service("https://r1.example", 1)},{Service("https://r2.example", 2)},{Service("https://r3.example", 3)},{Service("https://later.example", 2, "2027-01-01T00:00:00Z")}],\"rekorTlogConfig\":{{\"selector\":\"ANY\"}},"
            + $"\"tsaUrls\":[{Service("https://tsa.example/stamp", 1)},{Service("https://tsa2.example/stamp", 1)}],\"tsaConfig\":{{\"selector\":\"ALL\"}}");
        Assert.Equal(new Uri("https://ca.example"), instance.Authority);
        Assert.Equal(new Uri("https://oidc.example"), instance.Issuer);
        Assert.Equal([new LogService(new Uri("https://r2.example"), 2)], instance.Logs);
        Assert.Equal((1, 2, 2), (instance.LogsWanted, instance.TimestampsWanted, instance.TimestampAuthorities.Length));
        Assert.False(instance.IsPublic);
        Assert.True(SigstoreInstance.PublicGood.IsPublic);
    }

    [Fact]
    public void A_config_without_services_asks_nobody() => Assert.True(Parse("").IsSilent);

    [Theory]
    [InlineData("\"rekorTlogUrls\":[SERVICE],\"rekorTlogConfig\":{\"selector\":\"EXACT\",\"count\":2}", "instance.no-service")]
    [InlineData("\"rekorTlogUrls\":[{\"url\":\"https://r.example\",\"majorApiVersion\":7,\"validFor\":{\"start\":\"2024-01-01T00:00:00Z\"}}]", "instance.no-service")]
    [InlineData("\"rekorTlogUrls\":[SERVICE],\"rekorTlogConfig\":{\"selector\":\"EXACT\",\"count\":0}", "instance.malformed")]
    [InlineData("\"rekorTlogUrls\":[SERVICE],\"rekorTlogConfig\":{\"selector\":\"SOME\"}", "instance.malformed")]
    [InlineData("\"tsaUrls\":[{\"url\":\"http://tsa.example\",\"majorApiVersion\":1,\"validFor\":{\"start\":\"2024-01-01T00:00:00Z\"}}]", "service.unsafe-address")]
    [InlineData("\"tsaUrls\":[{\"url\":\"https://tsa.example\",\"majorApiVersion\":1}]", "instance.malformed")]
    [InlineData("\"caUrls\":[{\"url\":7,\"majorApiVersion\":1,\"validFor\":{\"start\":\"2024-01-01T00:00:00Z\"}}]", "instance.malformed")]
    [InlineData("\"rekorTlogUrls\":[SERVICE,SERVICE],\"rekorTlogConfig\":{\"selector\":\"EXACT\",\"count\":2}", "instance.no-service")]
    [InlineData("\"more\":1", "instance.malformed")]
    public void A_config_that_cannot_be_used_is_refused(string members, string reason)
    {
        SigningException fault = Assert.Throws<SigningException>(() => Parse(members.Replace("SERVICE", Service("https://r.example", 1), StringComparison.Ordinal)));
        Assert.Equal(reason, fault.Finding.Reason.Code);
    }

    private static SigstoreInstance Parse(string members) => SigningConfig.Parse(
        System.Text.Encoding.UTF8.GetBytes($"{{\"mediaType\":\"application/vnd.dev.sigstore.signingconfig.v0.2+json\"{(members.Length > 0 ? "," : "")}{members}}}"), Now);

    private static string Service(string url, int version, string start = "2024-01-01T00:00:00Z", string? end = null) =>
        $"{{\"url\":\"{url}\",\"majorApiVersion\":{version},\"validFor\":{{\"start\":\"{start}\"{(end is null ? "" : $",\"end\":\"{end}\"")}}},\"operator\":\"x\"}}";
}
