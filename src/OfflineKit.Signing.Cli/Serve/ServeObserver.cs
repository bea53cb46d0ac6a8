using OfflineKit.Signing.Requests;

namespace OfflineKit.Signing.Cli.Serve;

/// <summary>Keeps what a request signed, for its answer.</summary>
internal sealed class ServeObserver : ISigningObserver
{
    private readonly List<SigningReceipt> _receipts = [];

    /// <summary>What was signed, in the order in which it was.</summary>
    public IReadOnlyList<SigningReceipt> Receipts => _receipts;

    /// <inheritdoc/>
    public void Opened(SigningKey key, SignatureFormat format)
    {
    }

    /// <inheritdoc/>
    public void Signed(SigningReceipt receipt, SigningKey key) => _receipts.Add(receipt);

    /// <inheritdoc/>
    public void WouldSign(SubjectRequest subject, string target, string what)
    {
    }
}
