using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Transparency;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Transparency;

public sealed class MerkleTreeTests
{
    [SharedTheory("corpora")]
    [InlineData("inclusion", 98)]
    [InlineData("consistency", 98)]
    [InlineData("subtreeinclusion", 204)]
    [InlineData("subtreeconsistency", 118)]
    public void Every_proof_of_the_corpus_is_judged_as_it_says(string kind, int count)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Corpora.Folder("merkle-notes"), $"merkle-{kind}.json")));
        List<string> wrong = [];
        int rows = 0;
        foreach (JsonElement row in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            if (Holds(kind, row) == row.GetProperty("wantErr").GetBoolean()) wrong.Add(row.GetProperty("file").GetString()!);
            rows++;
        }

        Assert.Empty(wrong);
        Assert.Equal(count, rows);
    }

    [SharedFact("corpora")]
    public void Every_single_file_of_the_upstream_test_data_is_judged_as_it_says()
    {
        string folder = Corpora.Folder("merkle-testdata");
        List<string> wrong = [];
        int rows = 0;
        foreach (string path in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
        {
            using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
            string kind = path.Contains("/inclusion/", StringComparison.Ordinal) ? "inclusion" : "consistency";
            if (Holds(kind, file.RootElement) == file.RootElement.GetProperty("wantErr").GetBoolean()) wrong.Add(path);
            rows++;
        }

        Assert.Empty(wrong);
        Assert.Equal(196, rows);
    }

    private static bool Holds(string kind, JsonElement row)
    {
        try
        {
            ImmutableArray<ReadOnlyMemory<byte>> proof = row.GetProperty("proof").ValueKind == JsonValueKind.Null
                ? []
                : [.. row.GetProperty("proof").EnumerateArray().Select(hash => (ReadOnlyMemory<byte>)hash.GetBytesFromBase64())];
            return kind switch
            {
                "inclusion" => Bytes("root").AsSpan().SequenceEqual(MerkleTree.RootByInclusion(Number("leafIdx"), Number("treeSize"), Bytes("leafHash"), proof)),
                "subtreeinclusion" => Bytes("root").AsSpan().SequenceEqual(
                    MerkleTree.SubtreeRootByInclusion(Number("leafIdx"), Number("start"), Number("end"), Bytes("leafHash"), proof)),
                "consistency" => MerkleTree.IsConsistent(Number("size1"), Number("size2"), Bytes("root1"), Bytes("root2"), proof),
                _ => MerkleTree.SubtreeIsConsistent(Number("start"), Number("end"), Number("size"), Bytes("root1"), Bytes("root2"), proof),
            };
        }
        catch (MalformedException)
        {
            return false;
        }

        ulong Number(string name) => row.GetProperty(name).GetUInt64();
        byte[] Bytes(string name) => row.GetProperty(name).ValueKind == JsonValueKind.Null ? [] : row.GetProperty(name).GetBytesFromBase64();
    }
}
