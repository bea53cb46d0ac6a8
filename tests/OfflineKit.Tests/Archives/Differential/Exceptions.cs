namespace OfflineKit.Tests.Archives.Differential;

/// <summary>Where a reader by others is known to lack what an archive needs, so that its word does not count.</summary>
internal static class Exceptions
{
    /// <summary>The reader is no judge of the archive called <paramref name="archive"/>.</summary>
    public static bool Allows(Extractor extractor, string archive) => false;
}
