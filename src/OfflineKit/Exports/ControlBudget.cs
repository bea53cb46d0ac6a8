using OfflineKit.Encoding;

namespace OfflineKit.Exports;

/// <summary>How much memory the control files of one export may still take; shared by all readers.</summary>
internal sealed class ControlBudget
{
    private long _left = ExportLimits.ControlBytes;

    /// <summary>Takes <paramref name="bytes"/> for a file that may be a list, as long as that leaves half for those that are known to be one.</summary>
    public bool TryTake(int bytes)
    {
        bool isTaken = Interlocked.Add(ref _left, -bytes) >= ExportLimits.ControlBytes / 2;
        Interlocked.Add(ref _left, isTaken ? 0 : bytes);
        return isTaken;
    }

    /// <summary>Takes <paramref name="bytes"/> for the file at <paramref name="path"/>.</summary>
    /// <exception cref="MalformedException">Nothing is left.</exception>
    public void Take(int bytes, string path)
    {
        if (Interlocked.Add(ref _left, -bytes) < 0)
        {
            throw new MalformedException(Reasons.InputTooLarge, $"lists and signatures are larger than {ExportLimits.ControlBytes} bytes together, the last one is \"{path}\"");
        }
    }
}
