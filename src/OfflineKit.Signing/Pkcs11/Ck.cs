using System.Runtime.InteropServices;

namespace OfflineKit.Signing.Pkcs11;

// PKCS#11 v2.40 lays structures out as the platform's C does: CK_ULONG is `unsigned long` (CULong: 4 bytes on Windows, else the size of a pointer),
// and Windows packs to one byte. Elsewhere every member below falls on its natural place without padding, so one packing serves all.

/// <summary>CK_ATTRIBUTE.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal unsafe struct CkAttribute
{
    public CULong Type;
    public void* Value;
    public CULong Length;
}

/// <summary>CK_MECHANISM.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal unsafe struct CkMechanism
{
    public CULong Mechanism;
    public void* Parameter;
    public CULong ParameterLength;
}

/// <summary>CK_RSA_PKCS_PSS_PARAMS.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct CkPssParameters
{
    public CULong Hash;
    public CULong Mask;
    public CULong SaltLength;
}

/// <summary>CK_C_INITIALIZE_ARGS.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal unsafe struct CkInitializeArguments
{
    public void* CreateMutex;
    public void* DestroyMutex;
    public void* LockMutex;
    public void* UnlockMutex;
    public CULong Flags;
    public void* Reserved;
}

/// <summary>CK_TOKEN_INFO, with room for the padding that C may put at its end.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal unsafe struct CkTokenInfo
{
    public fixed byte Label[32];
    public fixed byte Manufacturer[32];
    public fixed byte Model[16];
    public fixed byte Serial[16];
    public CULong Flags;
    public CULong MaxSessions, Sessions, MaxWriteSessions, WriteSessions, MaxPin, MinPin, PublicTotal, PublicFree, PrivateTotal, PrivateFree;
    public fixed byte Versions[4];
    public fixed byte Time[16];
    public fixed byte Padding[8];
}

/// <summary>The numbers of PKCS#11 that this project uses, by their names there.</summary>
internal static class Ck
{
    // CKO_, CKK_
    public const ulong PublicKeyObject = 2, PrivateKeyObject = 3, CertificateObject = 1, RsaKey = 0, EcKey = 3, EdwardsKey = 0x40;

    // CKA_
    public const ulong Class = 0, LabelAttribute = 3, Value = 0x11, KeyType = 0x100, Id = 0x102, Sign = 0x108, Modulus = 0x120, PublicExponent = 0x122,
        PublicKeyInfo = 0x129, EcParameters = 0x180, EcPoint = 0x181, AlwaysAuthenticate = 0x202;

    // CKM_ and CKG_
    public const ulong RsaPkcs = 1, RsaPkcsPss = 0xD, Ecdsa = 0x1041, Eddsa = 0x1057, Sha256 = 0x250, Sha384 = 0x260, Sha512 = 0x270,
        Mgf1Sha256 = 2, Mgf1Sha384 = 3, Mgf1Sha512 = 4;

    // CKF_ of tokens, sessions and C_Initialize; CKU_
    public const ulong LoginRequired = 4, ProtectedAuthenticationPath = 0x100, PinCountLow = 0x10000, PinFinalTry = 0x20000, PinLocked = 0x40000,
        SerialSession = 4, OsLocking = 2, User = 1, ContextSpecific = 2;
}
