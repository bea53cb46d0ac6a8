namespace OfflineKit.FileSystem;

/// <summary>The name of something in a folder that is no text.</summary>
/// <param name="Spelled">For people: another file may be called exactly so.</param>
/// <param name="Bytes">What tells it from every other name.</param>
internal readonly record struct UnsayableName(string Spelled, ReadOnlyMemory<byte> Bytes);
