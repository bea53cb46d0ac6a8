using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cosign;

/// <summary>Whether a program that loads a layout would take the image that was asked for, whatever it goes by.</summary>
/// <remarks>
/// Refused is what a program could take for the image: another one under its name or for its platform, the only one with a name, or what Docker's own files name. Other images that
/// the index names and files to which nothing leads are told. Source: docs/spec/oci-image.md §4.
/// </remarks>
internal static class ImageEntrances
{
    private const string Check = "image-index";
    private const int Told = 8;

    /// <summary>Records in <paramref name="found"/> what else than <paramref name="image"/>, which consists of <paramref name="parts"/>, a program could take from <paramref name="layout"/>.</summary>
    /// <exception cref="MalformedException">The index or a manifest is not well-formed.</exception>
    public static void Compare(OciLayout layout, Digest image, IReadOnlyList<ImageParts> parts, Verification found)
    {
        if (DockerManifest.Other(layout, parts) is { } docker)
        {
            found.Failed(Check, ImageReasons.OtherImage.Because($"`docker load` would not take {image}, but {docker}"));
        }

        ImmutableArray<IndexedImage> indexed = [.. IndexedImage.Of(layout, image)], others = [.. indexed.Where(one => !one.IsAsked)];
        if (!others.IsEmpty)
        {
            CompareIndex(layout, image, [.. indexed.Where(one => one.IsAsked)], others, found);
        }

        IEnumerable<string> reached = [.. OciLayout.Entrances, .. NamedManifest.Of(layout).SelectMany(named => named.Files), .. NamedManifest.FilesOf(layout, image)];
        string[] strays = [.. layout.Files.Concat(layout.OtherFiles).Except(reached, StringComparer.Ordinal)];
        if (strays.Length > 0)
        {
            found.Noted("note.stray-files", $"nothing leads to {strays.Length} files of the layout, of which this verdict says nothing: {Some(strays)}");
        }
    }

    private static void CompareIndex(OciLayout layout, Digest image, ImmutableArray<IndexedImage> asked, ImmutableArray<IndexedImage> others, Verification found)
    {
        IndexedImage[] loadable = [.. others.Where(other => layout.Holds(other.Digest))];
        IndexedImage[] mistaken = [.. loadable.Where(other => asked.Any(other.IsMistakenFor))];
        if (asked.IsEmpty && loadable.Length > 0)
        {
            found.Failed(Check, ImageReasons.OtherImage.Because($"index.json does not name {image}, but {Some(loadable)}"));
        }
        else if (mistaken.Length > 0)
        {
            found.Failed(Check, ImageReasons.OtherImage.Because($"index.json names as it names {image} also {Some(mistaken)}"));
        }
        else if (asked.Length > 0 && !asked.Any(one => one.IsNamed) && loadable.FirstOrDefault(other => other.IsNamed) is { } named)
        {
            found.Failed(Check, ImageReasons.OtherImage.Because($"index.json gives no name to {image}, and one to {named}"));
        }
        else
        {
            found.Noted("note.other-images", $"index.json names other images, of which this verdict says nothing: {Some(others)}");
        }
    }

    private static string Some<T>(IReadOnlyList<T> all) => string.Join(", ", all.Take(Told)) + (all.Count > Told ? $" and {all.Count - Told} more" : "");
}
