using System.Globalization;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>A CK_RV: what it is called and what it means to whoever signs.</summary>
internal readonly record struct ReturnValue(ulong Code)
{
    public const ulong Ok = 0, CannotLock = 0x0A, AttributeSensitive = 0x11, AttributeTypeInvalid = 0x12, PinIncorrect = 0xA0, SessionCount = 0xB1,
        UserAlreadyLoggedIn = 0x100, CryptokiAlreadyInitialized = 0x191;

    public bool IsOk => Code == Ok;

    /// <summary>The name in the standard and the number.</summary>
    public override string ToString() => $"{Name} (0x{Code.ToString("X2", CultureInfo.InvariantCulture)})";

    /// <summary>The reason that a user can act on.</summary>
    public Reason Reason => Code switch
    {
        PinIncorrect or 0xA1 or 0xA2 => TokenReasons.PinIncorrect,
        0xA3 or 0x102 => TokenReasons.PinUnusable,
        0xA4 => TokenReasons.PinLocked,
        0x101 or 0x104 => TokenReasons.NotLoggedIn,
        0x03 or 0x32 or 0xB0 or 0xB3 or 0xE0 or 0xE1 or 0x190 => TokenReasons.Removed,
        0x70 or 0x71 => TokenReasons.MechanismInvalid,
        0x60 or 0x62 or 0x63 or 0x68 or 0x82 => TokenReasons.WrongUsage,
        _ => TokenReasons.Failed,
    };

    private string Name => Code switch
    {
        0x02 => "CKR_HOST_MEMORY",
        0x03 => "CKR_SLOT_ID_INVALID",
        0x05 => "CKR_GENERAL_ERROR",
        0x06 => "CKR_FUNCTION_FAILED",
        0x07 => "CKR_ARGUMENTS_BAD",
        CannotLock => "CKR_CANT_LOCK",
        AttributeSensitive => "CKR_ATTRIBUTE_SENSITIVE",
        AttributeTypeInvalid => "CKR_ATTRIBUTE_TYPE_INVALID",
        0x20 => "CKR_DATA_INVALID",
        0x21 => "CKR_DATA_LEN_RANGE",
        0x30 => "CKR_DEVICE_ERROR",
        0x31 => "CKR_DEVICE_MEMORY",
        0x32 => "CKR_DEVICE_REMOVED",
        0x50 => "CKR_FUNCTION_CANCELED",
        0x54 => "CKR_FUNCTION_NOT_SUPPORTED",
        0x60 => "CKR_KEY_HANDLE_INVALID",
        0x62 => "CKR_KEY_SIZE_RANGE",
        0x63 => "CKR_KEY_TYPE_INCONSISTENT",
        0x68 => "CKR_KEY_FUNCTION_NOT_PERMITTED",
        0x70 => "CKR_MECHANISM_INVALID",
        0x71 => "CKR_MECHANISM_PARAM_INVALID",
        0x82 => "CKR_OBJECT_HANDLE_INVALID",
        0x90 => "CKR_OPERATION_ACTIVE",
        0x91 => "CKR_OPERATION_NOT_INITIALIZED",
        PinIncorrect => "CKR_PIN_INCORRECT",
        0xA1 => "CKR_PIN_INVALID",
        0xA2 => "CKR_PIN_LEN_RANGE",
        0xA3 => "CKR_PIN_EXPIRED",
        0xA4 => "CKR_PIN_LOCKED",
        0xB0 => "CKR_SESSION_CLOSED",
        SessionCount => "CKR_SESSION_COUNT",
        0xB3 => "CKR_SESSION_HANDLE_INVALID",
        0xE0 => "CKR_TOKEN_NOT_PRESENT",
        0xE1 => "CKR_TOKEN_NOT_RECOGNIZED",
        UserAlreadyLoggedIn => "CKR_USER_ALREADY_LOGGED_IN",
        0x101 => "CKR_USER_NOT_LOGGED_IN",
        0x102 => "CKR_USER_PIN_NOT_INITIALIZED",
        0x104 => "CKR_USER_ANOTHER_ALREADY_LOGGED_IN",
        0x150 => "CKR_BUFFER_TOO_SMALL",
        0x190 => "CKR_CRYPTOKI_NOT_INITIALIZED",
        CryptokiAlreadyInitialized => "CKR_CRYPTOKI_ALREADY_INITIALIZED",
        0x200 => "CKR_FUNCTION_REJECTED",
        >= 0x80000000 => "a value of the vendor's own",
        _ => "CKR",
    };
}
