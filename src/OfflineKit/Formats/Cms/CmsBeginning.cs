using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cms;

/// <summary>The beginning of a CMS message that may be cut or malformed behind it; only for choosing what to say.</summary>
/// <remarks>Source: RFC 5652 §5.1, §5.2.</remarks>
internal ref struct CmsBeginning
{
    private const byte Indefinite = 0x80, Version = 0x02;

    private ReadOnlySpan<byte> _rest;

    /// <summary>Content stands in <paramref name="message"/>, which is DER or BER; false where the beginning does not tell.</summary>
    public static bool HoldsContent(ReadOnlySpan<byte> message)
    {
        CmsBeginning at = new() { _rest = message };
        return at.Enters(DerCursor.SequenceTag, out _) && at.Passes(DerCursor.OidTag) && at.Enters(DerCursor.Constructed(0), out _) && at.Enters(DerCursor.SequenceTag, out _)
            && at.Passes(Version) && at.Passes(DerCursor.SetTag)
            && at.Enters(DerCursor.SequenceTag, out int? size) && at.Left is var before && at.Passes(DerCursor.OidTag)
            && (size is null || before - at.Left < size) && at._rest is [var tag, ..] && tag == DerCursor.Constructed(0);
    }

    private readonly int Left => _rest.Length;

    // Behind tag and length.
    private bool Enters(byte tag, out int? size)
    {
        size = null;
        if (_rest is not [var seen, var first, ..] || seen != tag)
        {
            return false;
        }

        int more = first > Indefinite ? first - Indefinite : 0;
        if (more > sizeof(int) - 1 || _rest.Length < 2 + more)
        {
            return false;
        }

        int length = first < Indefinite ? first : 0;
        foreach (byte octet in _rest.Slice(2, more))
        {
            length = (length << 8) | octet;
        }

        size = first == Indefinite ? null : length;
        _rest = _rest[(2 + more)..];
        return true;
    }

    private bool Passes(byte tag)
    {
        if (!Enters(tag, out int? size) || size is not { } length || length > _rest.Length)
        {
            return false;
        }

        _rest = _rest[length..];
        return true;
    }
}
