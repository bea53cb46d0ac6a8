using OfflineKit.Encoding;
using OfflineKit.Signer.Http;

namespace OfflineKit.Fuzz.Targets;

/// <summary>A parser, or a way from bytes to a verdict.</summary>
/// <param name="Name">What run.sh and the folders of regressions call it.</param>
/// <param name="Read">Reads what it is given to the end.</param>
internal sealed record Target(string Name, Action<byte[]> Read)
{
    /// <summary>Where to begin, for a parser whose input is no file of the vectors.</summary>
    public Func<IEnumerable<byte[]>>? OwnSeeds { get; init; }

    /// <summary>Reads <paramref name="content"/>; anything but a value or a documented refusal is thrown on, which is a crash.</summary>
    /// <returns>It was accepted.</returns>
    public bool Accepts(byte[] content)
    {
        try
        {
            Read(content);
            return true;
        }
        catch (Exception fault) when (fault is MalformedException or RefusedException)
        {
            // The two ways in which a parser refuses: docs/architecture.md, and the problems of the signing service.
            return false;
        }
    }
}
