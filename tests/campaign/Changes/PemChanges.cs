using System.Security.Cryptography;

namespace OfflineKit.Campaign.Changes;

/// <summary>What is in PEM blocks, changed as what it is, and written again in lines of 64.</summary>
internal static class PemChanges
{
    /// <summary>Every change; none of what has no PEM block.</summary>
    public static IEnumerable<Change> Of(byte[] file, int depth)
    {
        string text = System.Text.Encoding.Latin1.GetString(file);
        if (depth == 0 || !text.Contains("-----BEGIN ", StringComparison.Ordinal))
        {
            yield break;
        }

        for (int from = 0, number = 1; PemEncoding.TryFind(text.AsSpan(from), out PemFields fields); number++)
        {
            (int start, int length) = fields.Location.GetOffsetAndLength(text.Length - from);
            string label = text.AsSpan(from)[fields.Label].ToString(), before = text[..(from + start)], behind = text[(from + start + length)..];
            foreach (Change change in StructuralChanges.Of(Convert.FromBase64String(text.AsSpan(from)[fields.Base64Data].ToString()), depth - 1))
            {
                yield return new Change($"PEM {number} {change.What}", System.Text.Encoding.Latin1.GetBytes(before + PemEncoding.WriteString(label, change.Content) + behind));
            }

            from += start + length;
        }
    }
}
