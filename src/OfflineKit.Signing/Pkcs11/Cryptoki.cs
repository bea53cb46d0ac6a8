using System.Runtime.InteropServices;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>The functions of one PKCS#11 module, called through the list that C_GetFunctionList hands out.</summary>
/// <remarks>Nothing is generated at run time, so this works in a native binary. Source: PKCS#11 v2.40 base §5, order of CK_FUNCTION_LIST.</remarks>
internal sealed unsafe class Cryptoki
{
    /// <summary>CK_UNAVAILABLE_INFORMATION: ~0 of a CK_ULONG.</summary>
    public static readonly nuint Unavailable = sizeof(CULong) == sizeof(uint) ? uint.MaxValue : nuint.MaxValue;

    private readonly void** _functions;

    /// <summary>The functions of the module at <paramref name="path"/>, which is loaded and stays loaded.</summary>
    public Cryptoki(string path)
    {
        nint library = Load(path);
        if (!NativeLibrary.TryGetExport(library, "C_GetFunctionList", out nint entry))
        {
            throw TokenReasons.ModuleFailed.Refusal($"{path} is no PKCS#11 module: it has no C_GetFunctionList");
        }

        byte* list = null;
        ReturnValue value = Value(((delegate* unmanaged[Cdecl]<byte**, CULong>)entry)(&list));
        if (!value.IsOk || list is null)
        {
            throw TokenReasons.ModuleFailed.Refusal($"{path}: C_GetFunctionList answered {value}");
        }

        // CK_VERSION, two bytes, comes first; what follows is aligned except on Windows.
        _functions = (void**)(list + (OperatingSystem.IsWindows() ? 2 : sizeof(nint)));
    }

    public ReturnValue Initialize(CkInitializeArguments* arguments) => Value(((delegate* unmanaged[Cdecl]<void*, CULong>)_functions[0])(arguments));

    public ReturnValue Finish() => Value(((delegate* unmanaged[Cdecl]<void*, CULong>)_functions[1])(null));

    /// <summary>C_GetSlotList, of slots with a token. The count goes in as room, and out as found.</summary>
    public ReturnValue GetSlotList(CULong* slots, CULong* count) => Value(((delegate* unmanaged[Cdecl]<byte, CULong*, CULong*, CULong>)_functions[4])(1, slots, count));

    public ReturnValue GetTokenInfo(CULong slot, CkTokenInfo* info) => Value(((delegate* unmanaged[Cdecl]<CULong, CkTokenInfo*, CULong>)_functions[6])(slot, info));

    public ReturnValue OpenSession(CULong slot, CULong flags, CULong* session) =>
        Value(((delegate* unmanaged[Cdecl]<CULong, CULong, void*, void*, CULong*, CULong>)_functions[12])(slot, flags, null, null, session));

    public ReturnValue CloseSession(CULong session) => Value(((delegate* unmanaged[Cdecl]<CULong, CULong>)_functions[13])(session));

    /// <summary>C_Login; a null <paramref name="pin"/> is typed at the token itself.</summary>
    public ReturnValue Login(CULong session, ulong user, byte* pin, int length) =>
        Value(((delegate* unmanaged[Cdecl]<CULong, CULong, byte*, CULong, CULong>)_functions[18])(session, Number(user), pin, Number((ulong)length)));

    public ReturnValue Logout(CULong session) => Value(((delegate* unmanaged[Cdecl]<CULong, CULong>)_functions[19])(session));

    public ReturnValue GetAttributeValue(CULong session, CULong handle, CkAttribute* template) =>
        Value(((delegate* unmanaged[Cdecl]<CULong, CULong, CkAttribute*, CULong, CULong>)_functions[24])(session, handle, template, Number(1)));

    public ReturnValue FindObjectsInit(CULong session, CkAttribute* template, int count) =>
        Value(((delegate* unmanaged[Cdecl]<CULong, CkAttribute*, CULong, CULong>)_functions[26])(session, template, Number((ulong)count)));

    public ReturnValue FindObjects(CULong session, CULong* found, int room, CULong* count) =>
        Value(((delegate* unmanaged[Cdecl]<CULong, CULong*, CULong, CULong*, CULong>)_functions[27])(session, found, Number((ulong)room), count));

    public ReturnValue FindObjectsFinal(CULong session) => Value(((delegate* unmanaged[Cdecl]<CULong, CULong>)_functions[28])(session));

    public ReturnValue SignInit(CULong session, CkMechanism* mechanism, CULong key) =>
        Value(((delegate* unmanaged[Cdecl]<CULong, CkMechanism*, CULong, CULong>)_functions[42])(session, mechanism, key));

    public ReturnValue Sign(CULong session, byte* input, int length, byte* signature, CULong* room) =>
        Value(((delegate* unmanaged[Cdecl]<CULong, byte*, CULong, byte*, CULong*, CULong>)_functions[43])(session, input, Number((ulong)length), signature, room));

    /// <summary>A CK_ULONG of <paramref name="value"/>, which came from a user or a constant of the standard.</summary>
    public static CULong Number(ulong value) => new((nuint)value);

    private static ReturnValue Value(CULong code) => new(code.Value);

    private static nint Load(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException)
        {
            // The loader's own words come last, after advice about debuggers.
            string[] lines = fault.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            throw new SigningException(TokenReasons.ModuleFailed.Because(lines.Length == 0 ? path : $"{path}: {lines[^1]}"), fault);
        }
    }
}
