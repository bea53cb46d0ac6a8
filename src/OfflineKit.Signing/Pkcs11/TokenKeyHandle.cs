using System.Runtime.InteropServices;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>A private key that was found on a token, with the sessions to use it.</summary>
internal sealed class TokenKeyHandle
{
    private const int SignatureLimit = 4096;
    private readonly TokenSessions _sessions;
    private readonly CULong _handle;
    private readonly TokenKeyPin _pin;

    private TokenKeyHandle(TokenModule module, TokenSessions sessions, CULong handle, KeyMaterial publicHalf, TokenKeyPin pin) =>
        (Module, _sessions, _handle, Public, _pin) = (module, sessions, handle, publicHalf, pin);

    public TokenModule Module { get; }

    /// <summary>The public half, as the token shows it.</summary>
    public KeyMaterial Public { get; }

    /// <summary>Logs in and finds exactly one private key that fits <paramref name="uri"/>, and its public half.</summary>
    public static TokenKeyHandle Open(TokenModule module, Token token, Pkcs11KeyUri uri, SecretMemory? pin)
    {
        TokenSessions sessions = new(module, token, uri.KeyName, pin);
        try
        {
            return sessions.With(session =>
            {
                CULong handle = Only(session, uri, token);
                if (session.FlagAttribute(handle, Ck.Sign) == false)
                {
                    throw TokenReasons.WrongUsage.Refusal($"{uri.KeyName}: CKA_SIGN of the key is false");
                }

                bool asksAgain = session.FlagAttribute(handle, Ck.AlwaysAuthenticate) == true;
                KeyMaterial material = TokenPublicKey.Of(session, handle, uri.KeyName);
                return new TokenKeyHandle(module, sessions, handle, material, new TokenKeyPin(asksAgain, asksAgain ? pin?.Part(0, pin.Length) : null));
            });
        }
        catch (Exception)
        {
            sessions.Close();
            throw;
        }
    }

    /// <summary>The key's signature over what <paramref name="mechanism"/> takes.</summary>
    public byte[] Sign(TokenMechanism mechanism, ReadOnlyMemory<byte> input) =>
        _sessions.With(session => session.Sign(mechanism, _handle, input.Span, SignatureLimit, _pin));

    public void Close()
    {
        _pin.Secret?.Dispose();
        _sessions.Close();
    }

    private static CULong Only(TokenSession session, Pkcs11KeyUri uri, Token token)
    {
        byte[] label = uri.Label is null ? [] : Utf8Text.Encode(uri.Label);
        ReadOnlySpan<byte> id = uri.Id is { } given ? given.Span : default;
        List<CULong> found = session.Find(Ck.PrivateKeyObject, id, label);
        return found.Count switch
        {
            1 => found[0],
            0 => throw TokenReasons.ObjectNotFound.Refusal($"{uri.KeyName}: {token} shows no such private key; it shows {All(session)}"),
            _ => throw TokenReasons.ObjectAmbiguous.Refusal($"{uri.KeyName}: {Names(session, found)} fit"),
        };
    }

    private static string All(TokenSession session) => session.Find(Ck.PrivateKeyObject, default, default) is { Count: > 0 } keys ? Names(session, keys) : "none at all";

    private static string Names(TokenSession session, List<CULong> keys) => string.Join(", ", keys.Select(key =>
    {
        string label = System.Text.Encoding.UTF8.GetString(session.Attribute(key, Ck.LabelAttribute) ?? []);
        string id = string.Concat((session.Attribute(key, Ck.Id) ?? []).Select(octet => "%" + StrictHex.Encode([octet])));
        return $"object=\"{label}\" (id={id})";
    }));
}
