using System.Collections.Immutable;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Signing.Trust;

/// <summary>What may be staged, and how signatures that were made elsewhere come to it.</summary>
internal static class StagedFile
{
    /// <summary>The generated list of keys for people.</summary>
    public const string KeyList = "KEYS.txt";

    /// <summary>Refuses a target that clients would read and could not, or that is generated.</summary>
    public static void RefuseUnreadable(string name, ReadOnlyMemory<byte> content)
    {
        _ = name switch
        {
            RevocationList.FileName => (object)RevocationList.Parse(content),
            TrustManifest.FileName => TrustManifest.Parse(content),
            KeyList => throw TrustReasons.Exists.Refusal($"{KeyList} is generated from {TrustManifest.FileName}"),
            _ => name,
        };
    }

    /// <summary><paramref name="ours"/> with the signatures that only <paramref name="theirs"/> has; null when it has none.</summary>
    public static byte[]? Joined(SignedFile ours, SignedFile theirs, ImmutableArray<TufKey> entitled)
    {
        if (!ours.Canonical.Span.SequenceEqual(theirs.Canonical.Span))
        {
            throw TrustReasons.OtherDraft.Refusal($"{ours.Name} of version {theirs.Version} says something else than the staged one of version {ours.Version}");
        }

        var added = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (KeyValuePair<string, string> signature in theirs.Signatures.Where(signature => !ours.Signatures.Any(known => known.Key == signature.Key)))
        {
            if (!entitled.Any(key => key.Id == signature.Key && key.Verifies(ours.Canonical.Span, signature.Value)))
            {
                throw TrustReasons.NotEntitled.Refusal($"{ours.Name}: the signature called {signature.Key} is by no key of the role");
            }

            added.Add(signature);
        }

        return added.Count > 0 ? MetadataText.File(ours.Signed.Raw.Span, ours.Signatures.Concat(added)) : null;
    }
}
