using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing;

/// <summary>Everything that opening a key may need besides its name.</summary>
internal sealed record KeyOpening
{
    /// <summary>Which scheme the key shall sign with.</summary>
    public SchemeChoice Scheme { get; init; } = SchemeChoice.ByKind;

    /// <summary>Where passwords and PINs come from.</summary>
    public PasswordPrompt Passwords { get; init; } = PasswordPrompt.None;

    /// <summary>Looks up an environment variable; null when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Told about every request to a service.</summary>
    public Action<ServiceRequest> OnRequest { get; init; } = _ => { };

    /// <summary>Told what the user should know: which credentials are used, what will not verify elsewhere.</summary>
    public Action<string> OnRemark { get; init; } = _ => { };

    /// <summary>How long a token or a plugin may take for one answer: it may wait for somebody's finger.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>What was sent or read as a secret: no message shows any of it.</summary>
    public HeldSecrets Secrets { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
