using OfflineKit.Reporting;
using OfflineKit.Signing.Requests;

namespace OfflineKit.Signing.Cli;

/// <summary>Says what a run over many dossiers does: a line that counts while they are drafted, one for each that is written, and what they have in common at the end.</summary>
internal sealed class DossiersObserver : ISigningObserver
{
    private readonly ConsoleObserver _each = new();
    private readonly SortedDictionary<string, int> _remarks = new(StringComparer.Ordinal);
    private int _all, _written;

    /// <inheritdoc/>
    public void Opened(SigningKey key, SignatureFormat format) => _each.Opened(key, format);

    /// <inheritdoc/>
    public void Drafted(int done, int all)
    {
        _all = all;
        if (!Console.IsErrorRedirected)
        {
            Terminal.Error.Write(done < all ? $"\r\u001b[K{done} of {all} dossiers are signed, none is written yet" : "\r\u001b[K");
        }
    }

    /// <inheritdoc/>
    public void Signed(SigningReceipt receipt, SigningKey key)
    {
        foreach (string remark in receipt.Remarks)
        {
            _remarks[remark] = _remarks.GetValueOrDefault(remark) + 1;
        }

        _each.Signed(receipt with { Remarks = [] }, key);
        if (++_written == _all)
        {
            Terminal.Out.WriteLine($"{_written} dossiers are signed by sha256:{key.PublicKey.Material.Fingerprint}");
            _remarks.ToList().ForEach(remark => Stderr.Note($"{TerminalText.Escape(remark.Key)} ({remark.Value} of {_written})"));
        }
    }

    /// <inheritdoc/>
    public void WouldSign(SubjectRequest subject, string target, string what) => _each.WouldSign(subject, target, what);
}
