using OfflineKit.Signing.Tests.Services;

namespace OfflineKit.Signing.Tests.Pages;

/// <summary>One stand-in of AWS for all commands that ask it, started for the first.</summary>
public sealed class Amazon : IDisposable
{
    private Moto? _moto;

    /// <inheritdoc/>
    public void Dispose() => _moto?.Dispose();

    internal async Task<Moto> MotoAsync() => _moto ??= await Moto.StartAsync();
}
