using OfflineKit.Encoding;

namespace OfflineKit.Signing.Formats.Dossier;

/// <summary>The legacy layout: one JSON object, indented by two blanks. Other members keep order and spelling.</summary>
internal sealed class LegacyDraft(JsonValue frontMatter) : DossierDraft
{
    private readonly List<(string Name, string Written)> _members = [.. frontMatter.Members.Select(member => (member.Key, IndentedJson.Write(member.Value, depth: 1)))];

    /// <inheritdoc/>
    public override string Head => $"---dossier\n{IndentedJson.Object(_members, depth: 0)}\n---\n";

    /// <inheritdoc/>
    public override void Set(string field, IEnumerable<(string Name, string Text)> members)
    {
        string written = IndentedJson.Object([.. members.Select(member => (member.Name, CanonicalJson.Quoted(member.Text)))], depth: 1);
        int at = _members.FindIndex(member => member.Name == field);
        _members.Insert(at >= 0 ? at : _members.Count, (field, written));
        if (at >= 0)
        {
            _members.RemoveAt(at + 1);
        }
    }
}
