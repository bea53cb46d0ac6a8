using System.IO.Compression;
using System.Text.Json;

namespace OfflineKit.Tests.Crypto;

/// <summary>One Wycheproof test with what its group says about the key and the algorithm.</summary>
internal sealed record WycheproofCase(string File, JsonElement Group, JsonElement Test)
{
    public string Result => Test.GetProperty("result").GetString()!;

    public string[] Flags => [.. Test.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!)];

    public string Hash => Group.GetProperty("sha").GetString()!;

    public byte[] Bytes(string member) => Convert.FromHexString(Test.GetProperty(member).GetString()!);

    public byte[] Key => Convert.FromHexString((Group.TryGetProperty("publicKeyDer", out JsonElement der) ? der : Group.GetProperty("keyDer")).GetString()!);

    public override string ToString() => $"{File}#{Test.GetProperty("tcId").GetInt32()} ({Result}: {string.Join(",", Flags)})";
}

/// <summary>The Wycheproof files beside the repository.</summary>
internal static class WycheproofCorpus
{
    /// <summary>Every test of the files whose name begins with <paramref name="prefix"/>.</summary>
    public static List<WycheproofCase> Of(string prefix, string corpus = "wycheproof")
    {
        List<WycheproofCase> cases = [];
        foreach (string path in Directory.EnumerateFiles(Corpora.Folder(corpus), prefix + "*.json.gz").Order(StringComparer.Ordinal))
        {
            using GZipStream json = new(File.OpenRead(path), CompressionMode.Decompress);
            string name = Path.GetFileNameWithoutExtension(path);
            foreach (JsonElement group in JsonDocument.Parse(json).RootElement.GetProperty("testGroups").EnumerateArray())
            {
                cases.AddRange(group.GetProperty("tests").EnumerateArray().Select(test => new WycheproofCase(name, group, test)));
            }
        }

        return cases;
    }

    /// <summary>How many tests of <paramref name="type"/> the exceptions file lists.</summary>
    public static int Exceptions(string type)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "wycheproof-exceptions.txt");
        return File.ReadAllLines(path).Where(line => !line.StartsWith('#')).Select(line => line.Split(": ", 3))
            .Single(parts => parts is [_, _, { Length: > 20 }] && parts[0] == type) is [_, var count, _] ? int.Parse(count) : 0;
    }
}
