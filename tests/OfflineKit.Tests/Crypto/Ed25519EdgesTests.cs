using OfflineKit.Crypto;

namespace OfflineKit.Tests.Crypto;

/// <summary>The rule by which Ed25519 is verified, where rules differ: S below L, canonical keys, no point of small order, the equation without the cofactor.</summary>
public sealed class Ed25519EdgesTests
{
    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_edge_has_the_one_verdict(string what, bool verifies, string key, string message, string signature)
    {
        PublicKey bound = PublicKey.Bind(KeyMaterial.Ed25519(Convert.FromHexString(key)), SignatureScheme.Ed25519);
        Assert.True(bound.Verifies(Convert.FromHexString(message), Convert.FromHexString(signature)) == verifies, what);
    }

    public static TheoryData<string, bool, string, string, string> Rows()
    {
        using StreamReader reader = new(typeof(Ed25519EdgesTests).Assembly.GetManifestResourceStream("ed25519-edges.tsv")!);
        TheoryData<string, bool, string, string, string> rows = [];
        foreach (string[] row in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).Select(line => line.Split('\t')))
        {
            rows.Add(row[0], row[1] == "verifies", row[2], row[3], row[4]);
        }

        return rows;
    }
}
