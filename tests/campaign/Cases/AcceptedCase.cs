using System.Collections.Immutable;

namespace OfflineKit.Campaign.Cases;

/// <summary>A question that is answered "trusted", and every file that it is asked about.</summary>
/// <param name="Format">The folder of vectors or the corpus that it is from.</param>
/// <param name="Name">Its name, with the format.</param>
/// <param name="Base">The folder below which its files are.</param>
/// <param name="Folder">Where it is asked, below <paramref name="Base"/>.</param>
/// <param name="Arguments">The words after <c>offlinekit</c>, for reproducers.</param>
/// <param name="Request">The same as a request of the serve protocol.</param>
/// <param name="Copied">What must lie beside each other to ask it: files and folders below <paramref name="Base"/>.</param>
/// <param name="Files">The files that are changed.</param>
internal sealed record AcceptedCase(
    string Format, string Name, string Base, string Folder, ImmutableArray<string> Arguments, ServeQuestion Request, ImmutableArray<string> Copied, ImmutableArray<CaseFile> Files);
