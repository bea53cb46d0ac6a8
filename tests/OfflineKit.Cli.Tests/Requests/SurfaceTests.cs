using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using System.Text.Json;
using OfflineKit.Cli.Options;
using OfflineKit.Encoding;
using OfflineKit.Host.Requests;
using OfflineKit.Host.Serve;

namespace OfflineKit.Cli.Tests.Requests;

/// <summary>Every surface can say every parameter of a question, and says the same by it; nothing empty is taken for "not asked".</summary>
public sealed class SurfaceTests : IDisposable
{
    private static readonly Questions[] Each = [.. Enum.GetValues<Questions>().Where(asks => System.Numerics.BitOperations.IsPow2((int)asks))];
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-surfaces-").FullName;

    public SurfaceTests()
    {
        File.WriteAllText(In("file"), new string('7', 64));
        File.WriteAllText(In("policy"), "version: 1\nname: p\nsigners:\n  - any-of: [file]\n");
        Directory.CreateDirectory(In("store"));
        File.WriteAllText(In("store/trust.json"), """{"version":1,"roots":[]}""");
    }

    public static TheoryData<string, string> Parameters() => [.. from asks in Each from parameter in RequestParameters.Of(asks) select (asks.ToString(), parameter.Member)];

    [Theory]
    [MemberData(nameof(Parameters))]
    public void The_command_line_and_a_request_say_the_same(string question, string member)
    {
        (Questions asks, RequestParameter parameter) = (Enum.Parse<Questions>(question), RequestParameters.Named(member));
        string? byOption = Outcome(() => ByOption(asks, parameter)), byMember = Outcome(() => ByMember(asks, parameter));
        Assert.Equal(byOption, byMember);
        Assert.NotEqual(VerifyRequest.Of(asks, []).Digest, byOption);
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void An_empty_text_or_list_is_refused(string question, string member)
    {
        (Questions asks, RequestParameter parameter) = (Enum.Parse<Questions>(question), RequestParameters.Named(member));
        if (parameter.Names is not (ParameterNames.Nothing or ParameterNames.Number))
        {
            Assert.Throws<UsageException>(() => Of(asks, $$"""{"{{member}}":[]}"""));
            Assert.Throws<UsageException>(() => Of(asks, $$"""{"{{member}}":""}"""));
            Assert.Throws<UsageException>(() => Of(asks, $$"""{"{{member}}":[""]}"""));
        }

        Assert.Throws<MalformedException>(() => Of(asks, $$"""{"{{member}}":null}"""));
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void A_line_of_a_batch_narrows_and_nothing_else(string question, string member)
    {
        (Questions asks, RequestParameter parameter) = (Enum.Parse<Questions>(question), RequestParameters.Named(member));
        string? outcome = Outcome(() => VerifyRequest.Of(asks, []).Narrowed([.. RequestMembers.Given(Json(parameter), asks, new Inputs(standardInput: null))]));
        Assert.Equal(parameter.Kind != ParameterKind.Narrows, outcome?.Contains("would add trust", StringComparison.Ordinal) == true);
        Assert.Equal(asks == Questions.File && parameter.Kind == ParameterKind.Narrows && !OnLines.Contains(member), asks == Questions.File && outcome?.Contains("could make a file trusted", StringComparison.Ordinal) == true);
    }

    // Whoever adds a parameter decides here whether a line may say it in a batch that names nobody: only what can never make a file trusted that nobody signed so, or how its signature is written.
    private static readonly string[] OnLines =
    [
        "format", "predicateType", "algorithm", "signatureEncoding", "signatureText", "certificate", "all", "requireExtension", "identity", "threshold",
        "maxTrustAge", "keyIds",
    ];

    public static TheoryData<string, string> Files() =>
        [.. from asks in Each from parameter in RequestParameters.Of(asks) where parameter.Names is ParameterNames.File or ParameterNames.Key or ParameterNames.Policy select (asks.ToString(), parameter.Member)];

    [Theory]
    [MemberData(nameof(Files))]
    public void What_a_file_holds_is_part_of_the_question_and_where_it_lies_is_not(string question, string member)
    {
        (Questions asks, RequestParameter parameter) = (Enum.Parse<Questions>(question), RequestParameters.Named(member));
        Directory.CreateDirectory(In("elsewhere"));
        File.Copy(In(Word(parameter)), In("elsewhere/" + Word(parameter)));
        string here = Digest(asks, parameter, In(Word(parameter)));
        Assert.Equal(here, Digest(asks, parameter, In("elsewhere/" + Word(parameter))));
        File.AppendAllText(In("elsewhere/" + Word(parameter)), "\n");
        Assert.NotEqual(here, Digest(asks, parameter, In("elsewhere/" + Word(parameter))));
    }

    // Every character may stand in a text: a list of two and a text that looks like both, two parameters and one that holds the other.
    [Theory]
    [InlineData("""{"keyIds":["a","q"]}""", """{"keyIds":["a\u0000q"]}""")]
    [InlineData("""{"keyIds":["a","q"]}""", """{"keyIds":["a\nq"]}""")]
    [InlineData("""{"keyIds":["a","q"]}""", """{"keyIds":["a,1:q"]}""")]
    [InlineData("""{"predicateType":"t\nthreshold\u00002"}""", """{"predicateType":"t","threshold":2}""")]
    public void Two_questions_have_two_digests(string one, string other)
    {
        Assert.NotEqual(Of(Questions.File, one).Digest, Of(Questions.File, other).Digest);
        Assert.NotEqual(Of(Questions.File, one).SessionKey, Of(Questions.File, other).SessionKey);
    }

    [Fact]
    public void A_key_under_another_id_or_name_is_another_question()
    {
        RequestParameter key = RequestParameters.Named("publicKey");
        Directory.CreateDirectory(In("k"));
        string[] given = ["team.pub", "a team.pub", "b team.pub", "team b.pub"];
        Array.ForEach(given, name => File.Copy(In(Word(key)), In("k/" + name)));
        string[] words = [.. from name in given from id in (string[])["", "=", "a=", "a b="] select id + In("k/" + name)];
        Assert.Equal(words.Length, words.Select(word => Digest(Questions.File, key, word)).Distinct().Count());
    }

    [Fact]
    public void What_a_line_says_is_another_question_than_the_same_for_the_whole_batch()
    {
        VerifyRequest line = Of(Questions.File, "{}").Narrowed(RequestMembers.Given(StrictJson.ParseObject("""{"predicateType":"t"}"""u8.ToArray(), "line"), Questions.File, new Inputs(standardInput: null)));
        Assert.NotEqual(Of(Questions.File, """{"predicateType":"t"}""").Digest, line.Digest);
    }

    [Fact]
    public void A_parameter_is_called_by_one_name_on_each_surface()
    {
        foreach (Questions asks in Each)
        {
            RequestParameter[] all = [.. RequestParameters.Of(asks)];
            Assert.Equal(all.Length, all.Select(parameter => parameter.Member).Distinct().Count());
            Assert.Equal(all.Length, all.Select(parameter => parameter.Option).Distinct().Count());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // What the question is, or why it is none: both surfaces must give the same, but for what they call the parameter.
    private static string? Outcome(Func<VerifyRequest> ask)
    {
        try
        {
            return ask().Digest;
        }
        catch (UsageException fault)
        {
            return fault.Message[(fault.Message.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        }
    }

    private VerifyRequest ByOption(Questions asks, RequestParameter parameter)
    {
        ParameterOptions options = new(asks, OfflineKit.CommandLine.LineWords.Any);
        RootCommand command = [];
        options.AddTo(command);
        string[] words = parameter.Names == ParameterNames.Nothing ? [parameter.Option] : [$"{parameter.Option}={Given(parameter)}"];
        ParseResult parsed = command.Parse(words);
        Assert.Empty(parsed.Errors);
        return options.Request(parsed, new Inputs(standardInput: null));
    }

    private VerifyRequest ByMember(Questions asks, RequestParameter parameter) => VerifyRequest.Of(asks, RequestMembers.Given(Json(parameter), asks, new Inputs(standardInput: null)));

    private static VerifyRequest Of(Questions asks, string json) =>
        VerifyRequest.Of(asks, RequestMembers.Given(StrictJson.ParseObject(System.Text.Encoding.UTF8.GetBytes(json), "request"), asks, new Inputs(standardInput: null)));

    // The digest of a question is that of its parameters, whether or not they make a whole question.
    private static string Digest(Questions asks, RequestParameter parameter, string path) =>
        RequestDigest.Of(asks, [GivenParameter.Of(parameter, parameter.Member, [path], new Inputs(standardInput: null))], ofBatch: null);

    private JsonValue Json(RequestParameter parameter)
    {
        string value = parameter.Names switch
        {
            ParameterNames.Nothing => "true",
            ParameterNames.Number => Given(parameter),
            _ => JsonSerializer.Serialize(Given(parameter)),
        };
        return StrictJson.ParseObject(System.Text.Encoding.UTF8.GetBytes($$"""{"{{parameter.Member}}":{{value}}}"""), "request");
    }

    private string Given(RequestParameter parameter) => parameter.Names switch
    {
        ParameterNames.File or ParameterNames.Key or ParameterNames.Policy or ParameterNames.Store or ParameterNames.Place => In(Word(parameter)),
        ParameterNames.Number => "2",
        _ when !parameter.Choices.IsEmpty => parameter.Choices[0],
        _ => parameter.Member switch
        {
            "at" => "2026-11-22T08:30:00Z",
            "format" => "minisign",
            "layout" => "checksums",
            "requireExtension" => "sourceRepositoryRef=refs/heads/main",
            _ => "some-text",
        },
    };

    private static string Word(RequestParameter parameter) => parameter.Names switch
    {
        ParameterNames.Policy => "policy",
        ParameterNames.Store or ParameterNames.Place => "store",
        _ => "file",
    };

    private string In(string name) => Path.Combine(_folder, name);
}
