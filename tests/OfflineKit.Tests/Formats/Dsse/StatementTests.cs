using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;

namespace OfflineKit.Tests.Formats.Dsse;

public sealed class StatementTests
{
    private static readonly byte[] Content = "hello"u8.ToArray();
    private static readonly string Sha256 = Digest.Of(DigestAlgorithm.Sha256, Content).Hex, Sha512 = Digest.Of(DigestAlgorithm.Sha512, Content).Hex;

    [Theory]
    [InlineData("https://in-toto.io/Statement/v1")]
    [InlineData("https://in-toto.io/Statement/v0.1")]
    public void Both_published_versions_are_read(string type) => Assert.Equal("p", Parse(type, $$"""{"sha256":"{{Sha256}}"}""").PredicateType);

    [Theory]
    [InlineData("https://in-toto.io/Statement/v2")]
    [InlineData("https://in-toto.io/Statement/v0.2")]
    [InlineData("https://in-toto.example/Statement/v1")]
    [InlineData("")]
    public void Other_versions_are_malformed(string type) => Assert.Throws<MalformedException>(() => Parse(type, $$"""{"sha256":"{{Sha256}}"}"""));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"sha256":"00"}""")]
    [InlineData("""{"sha256":"2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824"}""")]
    [InlineData("""{"sha256":7}""")]
    [InlineData("""{"gitCommit":"zz"}""")]
    [InlineData("""{"sha1":"a","sha1":"b"}""")]
    public void Bad_digest_sets_are_malformed(string set) => Assert.Throws<MalformedException>(() => Parse("https://in-toto.io/Statement/v1", set));

    [Theory]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":[],"predicateType":"p"}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","predicateType":"p"}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"a"}],"predicateType":"p"}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha1":"a"}}],"predicateType":""}""")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha1":"a"}}],"predicateType":"p","predicate":[]}""")]
    public void Statements_without_subject_digest_or_predicate_type_are_malformed(string json) =>
        Assert.Throws<MalformedException>(() => Statement.Parse(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_subject_matches_when_every_usable_digest_agrees()
    {
        Statement statement = Parse("https://in-toto.io/Statement/v1", $$"""{"sha1":"x","sha256":"{{Sha256}}","sha512":"{{Sha512}}"}""");
        Assert.NotNull(statement.SubjectOf(Read(statement), out Finding? finding));
        Assert.Null(finding);
    }

    [Fact]
    public void A_right_sha256_beside_a_wrong_sha512_is_a_conflict()
    {
        Statement statement = Parse("https://in-toto.io/Statement/v1", $$"""{"sha256":"{{Sha256}}","sha512":"{{new string('0', 128)}}"}""");
        Assert.Null(statement.SubjectOf(Read(statement), out Finding? finding));
        Assert.Equal("statement.subject-conflict", finding!.Reason.Code);
    }

    [Fact]
    public void A_subject_without_usable_digest_matches_nothing()
    {
        Statement statement = Parse("https://in-toto.io/Statement/v1", """{"sha1":"aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"}""");
        Assert.Null(statement.SubjectOf(Read(statement), out Finding? finding));
        Assert.Equal("statement.artifact-not-subject", finding!.Reason.Code);
    }

    private static Artifact Read(Statement statement)
    {
        Artifact artifact = Artifact.FromBytes("hello", Content);
        artifact.Read(ReadingPlan.Of(statement.Algorithms));
        return artifact;
    }

    private static Statement Parse(string type, string digests) => Statement.Parse(System.Text.Encoding.UTF8.GetBytes(
        $$"""{"_type":"{{type}}","subject":[{"name":"a","digest":{{digests}}}],"predicateType":"p","predicate":null}"""));
}
