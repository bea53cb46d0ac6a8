using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Host.State;

/// <summary>What an import notes beside the metadata. Only the pin decides anything, and it may be given again at every use.</summary>
/// <param name="PinnedRoot">SHA-256 of the root file that the first import was told to trust.</param>
/// <param name="ImportedOn">The time at which the operator imported, by <c>--at</c> or the machine's clock.</param>
/// <param name="Bundle">The bundle's name, for people.</param>
/// <param name="IsAged">Expired metadata was accepted.</param>
internal sealed record ImportRecord(string PinnedRoot, DateTimeOffset ImportedOn, string Bundle, bool IsAged)
{
    public const string FileName = "import.json";

    public static ImportRecord Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue record = StrictJson.ParseObject(content, FileName);
        record.RefuseOtherMembers("version", "pinned-root", "imported-on", "bundle", "aged");
        if (record["version"].Integer != 1)
        {
            throw record["version"].Wanted("1");
        }

        string pin = StrictHex.Encode(StrictHex.Decode(record.String("pinned-root"), 32, "pinned-root"));
        return new ImportRecord(pin, TufTime.Parse(record.String("imported-on"), "imported-on"), record.String("bundle"), record["aged"].Boolean);
    }

    public byte[] Write()
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("pinned-root", PinnedRoot);
            json.WriteString("imported-on", UtcText.Seconds(ImportedOn));
            json.WriteString("bundle", Bundle);
            json.WriteBoolean("aged", IsAged);
            json.WriteEndObject();
        }

        return text.ToArray();
    }
}
