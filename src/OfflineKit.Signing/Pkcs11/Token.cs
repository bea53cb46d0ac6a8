using System.Globalization;
using System.Runtime.InteropServices;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>A token in a slot: its names and flags.</summary>
internal sealed unsafe record Token
{
    public Token(CULong slot, CkTokenInfo info)
    {
        Slot = slot;
        Label = Text(info.Label, 32);
        Manufacturer = Text(info.Manufacturer, 32);
        Model = Text(info.Model, 16);
        Serial = Text(info.Serial, 16);
        Flags = info.Flags.Value;
    }

    public CULong Slot { get; }

    public string Label { get; }

    public string Manufacturer { get; }

    public string Model { get; }

    public string Serial { get; }

    public ulong Flags { get; }

    public bool NeedsLogin => (Flags & Ck.LoginRequired) != 0;

    /// <summary>The PIN is typed at the token or its reader.</summary>
    public bool HasPinPad => (Flags & Ck.ProtectedAuthenticationPath) != 0;

    /// <summary>Everything that <paramref name="uri"/> says about the token is so.</summary>
    public bool Fits(Pkcs11KeyUri uri) =>
        (uri.SlotId is not { } slot || slot == Slot.Value)
        && (uri.Token ?? Label) == Label
        && (uri.Serial ?? Serial) == Serial
        && (uri.Manufacturer ?? Manufacturer) == Manufacturer
        && (uri.Model ?? Model) == Model;

    /// <summary>The names by which users tell tokens apart.</summary>
    public override string ToString() =>
        $"token=\"{Label}\" (serial={Serial}, manufacturer={Manufacturer}, slot-id={((ulong)Slot.Value).ToString(CultureInfo.InvariantCulture)})";

    // Fixed width, padded with spaces; some modules pad with zeros.
    private static string Text(byte* start, int length) =>
        System.Text.Encoding.UTF8.GetString(new ReadOnlySpan<byte>(start, length)).TrimEnd(' ', '\0');
}
