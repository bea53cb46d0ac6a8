using System.Runtime.InteropServices;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>Keys on tokens behind PKCS#11 modules: HSMs, smart cards, TPMs, SoftHSM.</summary>
/// <remarks>A module is native code that runs in this process with its rights: it is named by the user, by an absolute path, and never searched for.</remarks>
internal sealed class TokenKeySource : KeySource
{
    internal const string Service = "PKCS#11";
    private const string ModuleVariable = "COSIGN_PKCS11_MODULE_PATH";

    /// <inheritdoc/>
    public override string Name => Service;

    /// <inheritdoc/>
    public override bool Opens(KeyUri uri) => uri is Pkcs11KeyUri;

    /// <inheritdoc/>
    public override async Task<SigningKey> OpenAsync(KeyUri uri, KeyOpening opening, CancellationToken cancellation)
    {
        Pkcs11KeyUri named = (Pkcs11KeyUri)uri;
        string path = ModulePath(named, opening);
        TokenCalls calls = new(named.KeyName, opening);
        TokenModule module = await calls.RunAsync("start module", () => TokenModule.Borrow(path), cancellation).ConfigureAwait(false);
        TokenKeyHandle? key = null;
        try
        {
            Token token = await calls.RunAsync("find token", () => module.Find(named), cancellation).ConfigureAwait(false);
            using SecretMemory? pin = token.NeedsLogin ? TokenPin.Of(named, token, opening) : null;
            key = await calls.RunAsync("log in and find key", () => TokenKeyHandle.Open(module, token, named, pin), cancellation).ConfigureAwait(false);
            return new TokenSigningKey(named, opening.Scheme.Bind(key.Public), key, calls);
        }
        catch (Exception)
        {
            await CloseAsync(calls, key, module).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Logs out, closes and stops, unless the module hangs: then only the end of the process helps.</summary>
    internal static async Task CloseAsync(TokenCalls calls, TokenKeyHandle? key, TokenModule module)
    {
        if (calls.IsStuck)
        {
            return;
        }

        await calls.RunAsync(
            "close",
            () =>
            {
                key?.Close();
                module.Return();
                return 0;
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    private static string ModulePath(Pkcs11KeyUri uri, KeyOpening opening)
    {
        string path = uri.ModulePath ?? opening.Variable(ModuleVariable) ?? "";
        return path.Length == 0
            ? throw TokenReasons.NoModule.Refusal($"{uri.KeyName}: neither module-path in the key nor {ModuleVariable}")
            : !Path.IsPathFullyQualified(path) || !FileStatus.IsFile(path)
                ? throw TokenReasons.NoModule.Refusal($"{uri.KeyName}: the module {path} is not there, or its path is not absolute")
                : path;
    }
}
