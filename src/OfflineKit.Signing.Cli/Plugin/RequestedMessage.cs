using System.IO.Pipelines;

namespace OfflineKit.Signing.Cli.Plugin;

/// <summary>What comes on standard input: nothing, where the caller has only a digest, as <c>offlinekit-sign</c> itself; else the message, still unread.</summary>
/// <param name="Content">The message from its start.</param>
/// <param name="IsEmpty">There is no byte of it.</param>
internal sealed record RequestedMessage(Stream Content, bool IsEmpty) : IDisposable
{
    public static async Task<RequestedMessage> OfAsync(Stream input, CancellationToken cancellation)
    {
        PipeReader reader = PipeReader.Create(input);
        ReadResult first = await reader.ReadAsync(cancellation);
        bool isEmpty = first.Buffer.IsEmpty && first.IsCompleted;
        reader.AdvanceTo(first.Buffer.Start);
        return new RequestedMessage(reader.AsStream(), isEmpty);
    }

    public void Dispose() => Content.Dispose();
}
