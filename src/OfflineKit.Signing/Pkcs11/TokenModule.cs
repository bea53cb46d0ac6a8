using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>A module that was started. All keys of the process share it, because C_Initialize and C_Finalize are for a whole process.</summary>
internal sealed unsafe class TokenModule
{
    private const int SlotLimit = 1024;
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, TokenModule> Started = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly bool _wasStartedHere;
    private int _users;

    private TokenModule(string path)
    {
        (_path, Functions) = (path, new Cryptoki(path));
        CkInitializeArguments arguments = new() { Flags = Cryptoki.Number(Ck.OsLocking) };
        ReturnValue value = Functions.Initialize(&arguments);
        if (value.Code == ReturnValue.CannotLock)
        {
            IsSingleThreaded = true;
            value = Functions.Initialize(null);
        }

        _wasStartedHere = value.IsOk;
        if (!value.IsOk && value.Code != ReturnValue.CryptokiAlreadyInitialized)
        {
            throw TokenReasons.ModuleFailed.Refusal($"{path}: C_Initialize answered {value}");
        }
    }

    public Cryptoki Functions { get; }

    /// <summary>The module takes calls of one thread at a time only.</summary>
    public bool IsSingleThreaded { get; }

    /// <summary>The started module at <paramref name="path"/>; every borrower returns it once.</summary>
    public static TokenModule Borrow(string path)
    {
        lock (Gate)
        {
            if (!Started.TryGetValue(path, out TokenModule? module))
            {
                Started[path] = module = new TokenModule(path);
            }

            module._users++;
            return module;
        }
    }

    /// <summary>Stops the module when nobody needs it any more.</summary>
    public void Return()
    {
        lock (Gate)
        {
            if (--_users == 0)
            {
                Started.Remove(_path);
                if (_wasStartedHere)
                {
                    _ = Functions.Finish();
                }
            }
        }
    }

    /// <summary>The one token that <paramref name="uri"/> names.</summary>
    public Token Find(Pkcs11KeyUri uri)
    {
        ImmutableArray<Token> all = Tokens(), fitting = [.. all.Where(token => token.Fits(uri))];
        if (fitting.Length == 1)
        {
            return fitting[0];
        }

        string shown = all.IsEmpty ? "the module shows no token at all" : $"the module shows {string.Join(", ", all)}";
        throw fitting.IsEmpty
            ? TokenReasons.NotFound.Refusal($"{uri.KeyName}: {shown}")
            : TokenReasons.Ambiguous.Refusal($"{uri.KeyName} fits {string.Join(", ", fitting)}");
    }

    /// <summary>The token's flags as they are now: how many wrong PINs are left changes.</summary>
    public ulong FlagsOf(Token token) => Read(token.Slot) is { } now ? now.Flags : token.Flags;

    // Some modules answer C_GetTokenInfo only after C_GetSlotList.
    private ImmutableArray<Token> Tokens()
    {
        CULong count = default;
        Require(Functions.GetSlotList(null, &count));
        CULong[] slots = new CULong[(int)Math.Min(SlotLimit, count.Value)];
        CULong room = Cryptoki.Number((ulong)slots.Length);
        fixed (CULong* start = slots)
        {
            Require(Functions.GetSlotList(start, &room));
        }

        int found = (int)Math.Min((nuint)slots.Length, room.Value);
        return [.. slots[..found].Select(Read).OfType<Token>()];
    }

    // A token may vanish between the two calls; the others are still there.
    private Token? Read(CULong slot)
    {
        CkTokenInfo info = default;
        return Functions.GetTokenInfo(slot, &info).IsOk ? new Token(slot, info) : null;
    }

    private void Require(ReturnValue value)
    {
        if (!value.IsOk)
        {
            throw value.Reason.Refusal($"{_path}: C_GetSlotList answered {value}");
        }
    }
}
