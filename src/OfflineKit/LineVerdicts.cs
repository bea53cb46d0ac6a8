using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit;

/// <summary>The verdicts on a JSON Lines file of envelopes or bundles, one a line.</summary>
/// <param name="Verdicts">In file order; empty lines have none.</param>
/// <remarks>
/// The collection itself is signed by nobody: lines can be missing, added or reordered. It satisfies a policy when one line alone does;
/// evidence of two lines is never put together. Source: docs/spec/dsse.md §8.
/// </remarks>
public sealed record LineVerdicts(ImmutableArray<Verdict> Verdicts)
{
    /// <summary>The verdict that speaks for the file: the first trusted line, otherwise the first line.</summary>
    public Verdict Best => Verdicts.FirstOrDefault(verdict => verdict.IsTrusted) ?? Verdicts.FirstOrDefault()
        ?? Verdict.Refused(format: "", Reasons.MalformedSignature.Because("the file holds no line"));

    /// <summary>The non-empty lines of <paramref name="content"/>, LF or CRLF.</summary>
    /// <exception cref="MalformedException">More than <see cref="Limits.CollectionLines"/> lines, or a stray carriage return.</exception>
    public static ImmutableArray<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> content)
    {
        var lines = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        LineCursor cursor = new(content.Span);
        while (!cursor.AtEnd)
        {
            int before = cursor.Rest.Length;
            int length = cursor.Line("line").Length;
            if (length > 0)
            {
                lines.Add(content.Slice(content.Length - before, length));
            }

            if (lines.Count > Limits.CollectionLines)
            {
                throw new MalformedException(Reasons.InputTooLarge, $"more than {Limits.CollectionLines} lines");
            }
        }

        return lines.DrainToImmutable();
    }
}
