using System.Globalization;
using System.Runtime.InteropServices;
using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>One session with a token; used by one thread at a time.</summary>
/// <param name="functions">The module's functions.</param>
/// <param name="handle">The session's handle.</param>
/// <param name="name">Key and token, for messages.</param>
internal sealed unsafe class TokenSession(Cryptoki functions, CULong handle, string name)
{
    private const int AttributeLimit = 64 * 1024, FoundLimit = 16;

    /// <summary>C_Login as the user; a null <paramref name="pin"/> is typed at the token. Being logged in already is as good.</summary>
    public ReturnValue Login(SecretMemory? pin) => Login(pin, Ck.User) is { Code: not ReturnValue.UserAlreadyLoggedIn } value ? value : default;

    public void Logout() => _ = functions.Logout(handle);

    public void Close() => _ = functions.CloseSession(handle);

    /// <summary>The objects of a class that have this id and label; null leaves out.</summary>
    public List<CULong> Find(ulong objectClass, ReadOnlySpan<byte> id, ReadOnlySpan<byte> label)
    {
        CULong wanted = Cryptoki.Number(objectClass);
        fixed (byte* idStart = id, labelStart = label)
        {
            CkAttribute* template = stackalloc CkAttribute[3];
            int count = 0;
            template[count++] = Attribute(Ck.Class, &wanted, sizeof(CULong));
            if (!id.IsEmpty)
            {
                template[count++] = Attribute(Ck.Id, idStart, id.Length);
            }

            if (!label.IsEmpty)
            {
                template[count++] = Attribute(Ck.LabelAttribute, labelStart, label.Length);
            }

            return Found(template, count);
        }
    }

    /// <summary>The value of an attribute, or null where the object has none or does not show it.</summary>
    public byte[]? Attribute(CULong of, ulong type)
    {
        CkAttribute template = Attribute(type, null, 0);
        ReturnValue value = functions.GetAttributeValue(handle, of, &template);
        if (value.Code is ReturnValue.AttributeTypeInvalid or ReturnValue.AttributeSensitive || (value.IsOk && template.Length.Value == Cryptoki.Unavailable))
        {
            return null;
        }

        Require(value, "C_GetAttributeValue");
        byte[] bytes = template.Length.Value <= AttributeLimit
            ? new byte[(int)template.Length.Value]
            : throw TokenReasons.MalformedAnswer.Refusal($"{name}: attribute 0x{type.ToString("X", CultureInfo.InvariantCulture)} of {template.Length.Value} bytes, limit {AttributeLimit}");
        fixed (byte* start = bytes)
        {
            template.Value = start;
            Require(functions.GetAttributeValue(handle, of, &template), "C_GetAttributeValue");
        }

        return template.Length.Value <= (nuint)bytes.Length ? bytes[..(int)template.Length.Value] : throw TokenReasons.MalformedAnswer.Refusal($"{name}: an attribute grew while it was read");
    }

    /// <summary>An attribute that is a CK_ULONG, or null.</summary>
    public ulong? NumberAttribute(CULong of, ulong type) =>
        Attribute(of, type) is { } bytes && bytes.Length == sizeof(CULong) ? MemoryMarshal.Read<CULong>(bytes).Value : null;

    /// <summary>An attribute that is a CK_BBOOL, or null.</summary>
    public bool? FlagAttribute(CULong of, ulong type) => Attribute(of, type) is [byte flag] ? flag != 0 : null;

    /// <summary>The signature of <paramref name="key"/> over <paramref name="input"/>; with <paramref name="pin"/> where the key wants its user again each time.</summary>
    public byte[] Sign(TokenMechanism mechanism, CULong key, ReadOnlySpan<byte> input, int limit, TokenKeyPin pin)
    {
        CkPssParameters parameters = mechanism.Parameters;
        CkMechanism chosen = new()
        {
            Mechanism = Cryptoki.Number(mechanism.Number),
            Parameter = mechanism.HasParameters ? &parameters : null,
            ParameterLength = Cryptoki.Number(mechanism.HasParameters ? (ulong)sizeof(CkPssParameters) : 0),
        };
        ReturnValue start = functions.SignInit(handle, &chosen, key);
        if (!start.IsOk)
        {
            throw start.Reason.Refusal($"{name}: C_SignInit with {mechanism.Name} answered {start}");
        }

        if (pin.IsAskedEachTime)
        {
            Require(Login(pin.Secret, Ck.ContextSpecific), "C_Login for this signature");
        }

        byte[] signature = new byte[limit];
        CULong length = Cryptoki.Number((ulong)limit);
        fixed (byte* from = input, to = signature)
        {
            byte none = 0;
            Require(functions.Sign(handle, from is null ? &none : from, input.Length, to, &length), $"C_Sign with {mechanism.Name}");
        }

        return length.Value <= (nuint)limit ? signature[..(int)length.Value] : throw TokenReasons.MalformedAnswer.Refusal($"{name}: C_Sign claims {length.Value} bytes, room was for {limit}");
    }

    private ReturnValue Login(SecretMemory? pin, ulong user)
    {
        if (pin is null)
        {
            return functions.Login(handle, user, null, 0);
        }

        fixed (byte* start = pin.Bytes)
        {
            return functions.Login(handle, user, start, pin.Length);
        }
    }

    private List<CULong> Found(CkAttribute* template, int count)
    {
        Require(functions.FindObjectsInit(handle, template, count), "C_FindObjectsInit");
        List<CULong> found = [];
        CULong* batch = stackalloc CULong[FoundLimit];
        CULong number = default;
        do
        {
            ReturnValue value = functions.FindObjects(handle, batch, FoundLimit, &number);
            if (!value.IsOk || number.Value > FoundLimit)
            {
                _ = functions.FindObjectsFinal(handle);
                throw (value.IsOk ? TokenReasons.MalformedAnswer : value.Reason).Refusal($"{name}: C_FindObjects answered {value}");
            }

            for (int i = 0; i < (int)number.Value; i++)
            {
                found.Add(batch[i]);
            }
        }
        while (number.Value > 0 && found.Count < FoundLimit);
        _ = functions.FindObjectsFinal(handle);
        return found;
    }

    private static CkAttribute Attribute(ulong type, void* value, int length) =>
        new() { Type = Cryptoki.Number(type), Value = value, Length = Cryptoki.Number((ulong)length) };

    private void Require(ReturnValue value, string function)
    {
        if (!value.IsOk)
        {
            throw value.Reason.Refusal($"{name}: {function} answered {value}");
        }
    }
}
