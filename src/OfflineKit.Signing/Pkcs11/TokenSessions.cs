using System.Runtime.InteropServices;
using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>The sessions of one key: each thread borrows one; a new one is opened while the token gives any, else the thread waits.</summary>
/// <remarks>The first session logs in for all of them, and is closed last.</remarks>
internal sealed unsafe class TokenSessions
{
    private readonly object _gate = new();
    private readonly TokenModule _module;
    private readonly Token _token;
    private readonly string _name;
    private readonly List<TokenSession> _open = [];
    private readonly Stack<TokenSession> _idle = new();
    private int _limit;

    /// <summary>Opens the first session and logs in. <paramref name="pin"/> is tried once.</summary>
    /// <exception cref="SigningException">By the value that the module answers; nothing is left open.</exception>
    public TokenSessions(TokenModule module, Token token, string name, SecretMemory? pin)
    {
        (_module, _token, _name) = (module, token, name);
        _limit = module.IsSingleThreaded ? 1 : int.MaxValue;
        TokenSession first = Open() ?? throw TokenReasons.Failed.Refusal($"{name}: the token gives no session (CKR_SESSION_COUNT); close other programs that use it");
        ReturnValue value = token.NeedsLogin ? first.Login(pin) : default;
        if (!value.IsOk)
        {
            first.Close();
            throw value.Reason.Refusal($"{name}: C_Login on {token} answered {value}{Warning(module.FlagsOf(token))}");
        }

        _idle.Push(first);
    }

    /// <summary>What <paramref name="use"/> answers with a session that nobody else uses meanwhile.</summary>
    public T With<T>(Func<TokenSession, T> use)
    {
        TokenSession session = Borrow();
        try
        {
            return use(session);
        }
        finally
        {
            lock (_gate)
            {
                _idle.Push(session);
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Logs out and closes everything.</summary>
    public void Close()
    {
        if (_token.NeedsLogin)
        {
            _open[0].Logout();
        }

        for (int i = _open.Count - 1; i >= 0; i--)
        {
            _open[i].Close();
        }
    }

    private TokenSession Borrow()
    {
        lock (_gate)
        {
            TokenSession? idle;
            while (!_idle.TryPop(out idle))
            {
                if (_open.Count < _limit && Open() is { } opened)
                {
                    return opened;
                }

                _limit = _open.Count;
                Monitor.Wait(_gate);
            }

            return idle;
        }
    }

    // Null when the token gives no more sessions.
    private TokenSession? Open()
    {
        CULong handle = default;
        ReturnValue value = _module.Functions.OpenSession(_token.Slot, Cryptoki.Number(Ck.SerialSession), &handle);
        if (value.Code == ReturnValue.SessionCount)
        {
            return null;
        }

        if (!value.IsOk)
        {
            throw value.Reason.Refusal($"{_name}: C_OpenSession answered {value}");
        }

        TokenSession session = new(_module.Functions, handle, _name);
        _open.Add(session);
        return session;
    }

    private static string Warning(ulong flags) => (flags & Ck.PinLocked) != 0 ? "; the PIN is locked now"
        : (flags & Ck.PinFinalTry) != 0 ? "; one more wrong PIN locks the token"
        : (flags & Ck.PinCountLow) != 0 ? "; few wrong PINs are left before the token locks" : "";
}
