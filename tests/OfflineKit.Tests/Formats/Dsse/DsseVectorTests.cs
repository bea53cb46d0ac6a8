using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Formats.Dsse;

public sealed class DsseVectorTests
{
    [SharedFact("corpora")]
    public void Pae_counts_bytes_as_the_go_vectors_do()
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Corpora.Folder("dsse"), "go-pae-vectors.json")));
        int count = 0;
        foreach (JsonElement row in vectors.RootElement.GetProperty("cases").EnumerateArray())
        {
            byte[] pae = PreAuthenticationEncoding.Of(row.GetProperty("type").GetString()!, System.Text.Encoding.UTF8.GetBytes(row.GetProperty("body_utf8").GetString()!));
            Assert.Equal(row.GetProperty("pae").GetString(), System.Text.Encoding.UTF8.GetString(pae));
            count++;
        }

        Assert.Equal(3, count);
    }

    [SharedFact("corpora")]
    public void Base64_of_either_alphabet_decodes_as_the_go_vectors_do()
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Corpora.Folder("dsse"), "go-b64-vectors.json")));
        string wanted = vectors.RootElement.GetProperty("want_hex").GetString()!;
        foreach (JsonElement text in vectors.RootElement.GetProperty("accept").EnumerateArray())
        {
            Assert.Equal(wanted, Convert.ToHexStringLower(StrictBase64.DecodeEitherAlphabet(text.GetString()!, "payload")));
        }

        foreach (JsonElement text in vectors.RootElement.GetProperty("reject").EnumerateArray())
        {
            Assert.Throws<MalformedException>(() => StrictBase64.DecodeEitherAlphabet(text.GetString()!, "payload"));
        }
    }

    [Fact]
    public void Pae_of_a_non_ascii_type_counts_utf8_bytes() =>
        Assert.Equal("DSSEv1 17 application/x-ಠ 0 ", System.Text.Encoding.UTF8.GetString(PreAuthenticationEncoding.Of("application/x-ಠ", [])));
}
