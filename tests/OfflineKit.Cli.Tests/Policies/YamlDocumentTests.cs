using System.Text;
using OfflineKit.Host.Policies;
using OfflineKit.Encoding;
using OfflineKit.Testing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using Utf = System.Text.Encoding;
using YamlDocument = OfflineKit.Host.Policies.YamlDocument;

namespace OfflineKit.Cli.Tests.Policies;

/// <summary>Whatever the reader accepts means to it what it means to a whole YAML parser; everything else is refused in one way.</summary>
public sealed class YamlDocumentTests
{
    private const string Pieces = "\"'#&*!%@`|>-?:,[]{}~ \t\r\n0x1aé\u0085\u2028\\<=.+";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Mutated_policies_mean_the_same_or_are_refused(int seed)
    {
        Random random = new(seed);
        string[] policies = [.. Directory.GetFiles(Repository.Path("tests", "vectors", "policy-file"), "policy.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(path => new FileInfo(path).Length < 4096).Select(path => Utf.Latin1.GetString(File.ReadAllBytes(path)))];
        int accepted = 0;
        for (int round = 0; round < 10_000; round++)
        {
            string text = Mutated(policies[random.Next(policies.Length)], random);
            byte[] yaml = round % 8 == 0 ? Utf.Latin1.GetBytes(text) : Utf.UTF8.GetBytes(text);
            Result<string> read = Result.Parse(Reasons.MalformedTrust, () => Utf.UTF8.GetString(CanonicalJson.Write(StrictJson.Parse(YamlDocument.ToJson(yaml, "policy"), "policy"))));
            if (read.Value is { } json)
            {
                accepted++;
                Assert.Equal(ByTheWholeParser(Utf.UTF8.GetString(yaml)), json);
            }
        }

        Assert.True(accepted > 100, $"{accepted} of 10,000 were accepted, so that this shows little");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a:\n ")]
    [InlineData("&a ")]
    [InlineData("!")]
    [InlineData("# \n")]
    public void Nothing_that_is_repeated_takes_long(string piece)
    {
        StringBuilder text = new();
        while (text.Length + piece.Length <= 64 * 1024)
        {
            text.Append(piece);
        }

        long before = Environment.TickCount64;
        byte[] yaml = Utf.UTF8.GetBytes(text.ToString());
        Assert.Throws<MalformedException>(() => YamlDocument.ToJson(yaml, "policy"));
        Assert.True(Environment.TickCount64 - before < 5000, $"{Environment.TickCount64 - before} ms");
    }

    private static string Mutated(string text, Random random)
    {
        StringBuilder mutated = new(text);
        for (int times = random.Next(1, 4); times > 0 && mutated.Length > 0; times--)
        {
            int at = random.Next(mutated.Length);
            switch (random.Next(4))
            {
                case 0:
                    mutated.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1:
                    mutated.Remove(at, Math.Min(random.Next(1, 8), mutated.Length - at));
                    break;
                case 2:
                    mutated[at] = Pieces[random.Next(Pieces.Length)];
                    break;
                default:
                    mutated.Insert(at, mutated.ToString(at, Math.Min(random.Next(1, 20), mutated.Length - at)));
                    break;
            }
        }

        return mutated.ToString();
    }

    private static string ByTheWholeParser(string yaml)
    {
        using StringReader text = new(yaml);
        YamlStream stream = [];
        stream.Load(text);
        YamlDotNet.RepresentationModel.YamlDocument only = Assert.Single(stream.Documents);
        StringBuilder json = new();
        Write(only.RootNode, json);
        return json.ToString();
    }

    // The form of RFC 8785, in which both are compared: members in ordinal order.
    private static void Write(YamlNode node, StringBuilder json)
    {
        switch (node)
        {
            case YamlScalarNode { Style: ScalarStyle.Plain } plain when YamlScalar.KindOf(plain.Value!, ScalarStyle.Plain) == YamlScalar.Kind.Json:
                json.Append(plain.Value == "-0" ? "0" : plain.Value);
                break;
            case YamlScalarNode scalar:
                WriteText(scalar.Value!, json);
                break;
            case YamlSequenceNode sequence:
                json.Append('[');
                foreach ((int i, YamlNode element) in sequence.Children.Index())
                {
                    json.Append(i > 0 ? "," : "");
                    Write(element, json);
                }

                json.Append(']');
                break;
            case YamlMappingNode mapping:
                json.Append('{');
                foreach ((int i, KeyValuePair<YamlNode, YamlNode> member) in mapping.Children.OrderBy(member => ((YamlScalarNode)member.Key).Value, StringComparer.Ordinal).Index())
                {
                    json.Append(i > 0 ? "," : "");
                    WriteText(((YamlScalarNode)member.Key).Value!, json);
                    json.Append(':');
                    Write(member.Value, json);
                }

                json.Append('}');
                break;
        }
    }

    private static void WriteText(string text, StringBuilder json)
    {
        using MemoryStream quoted = new();
        using (System.Text.Json.Utf8JsonWriter writer = new(quoted))
        {
            writer.WriteStringValue(text);
        }

        json.Append(Utf.UTF8.GetString(CanonicalJson.Write(StrictJson.Parse(quoted.ToArray(), "text"))));
    }
}
