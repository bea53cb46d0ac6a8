using OfflineKit.Encoding;
using OfflineKit.Transparency;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Transparency;

public sealed class SignedNoteTests
{
    [SharedFact("corpora")]
    public void Every_note_of_the_corpus_is_judged_as_its_manifest_says()
    {
        string folder = Corpora.Folder("merkle-notes/notes");
        List<string> wrong = [];
        List<Dictionary<string, string>> rows = Corpora.Manifest("merkle-notes/notes");
        foreach (Dictionary<string, string> row in rows)
        {
            string answer = Judge(row["kind"], row["vkey"], File.ReadAllBytes(Path.Combine(folder, row["file"])));
            if ((answer == "accept") != (row["expect"] == "accept")) wrong.Add($"{row["file"]}: {answer}");
        }

        Assert.Empty(wrong);
        Assert.Equal(27, rows.Count);
    }

    private static string Judge(string kind, string vkey, byte[] content)
    {
        try
        {
            NoteKey key = NoteKey.ParseVerifierKey(vkey);
            if (kind == "vkey") return "accept";
            Checkpoint? checkpoint = kind == "checkpoint" ? Checkpoint.Parse(content) : null;
            SignedNote note = checkpoint?.Note ?? SignedNote.Parse(content);
            if (checkpoint is not null && checkpoint.Origin != "example.com/log42") return "origin";
            return note.Judge(key)?.Reason.Code ?? "accept";
        }
        catch (MalformedException fault)
        {
            return fault.Message;
        }
    }
}
