namespace OfflineKit.Signing.Keyless;

/// <summary>Whoever sits before the program, for a sign-in.</summary>
internal abstract class SignInPrompt
{
    /// <summary>The person reads a code in a browser elsewhere and types it; otherwise a browser on this machine comes back to the program.</summary>
    public abstract bool IsByCode { get; }

    /// <summary>Shows the address, and opens a browser there if it can.</summary>
    public abstract void Show(Uri address);

    /// <summary>The code that the person typed; empty gives up.</summary>
    public abstract string AskCode();
}
