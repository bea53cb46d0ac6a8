namespace OfflineKit.Encoding;

/// <summary>A parsed value, or the finding that says why there is none; never both, never neither.</summary>
public readonly record struct Parsed<T>(T? Value, Finding? Refusal)
    where T : class;

/// <summary>The one place where a malformed input becomes a finding.</summary>
public static class Attempt
{
    /// <summary>Runs <paramref name="parse"/>; a <see cref="MalformedException"/> becomes a finding under its own reason or <paramref name="otherwise"/>.</summary>
    public static Parsed<T> Parse<T>(Reason otherwise, Func<T> parse)
        where T : class
    {
        try
        {
            return new Parsed<T>(parse(), Refusal: null);
        }
        catch (MalformedException fault)
        {
            return new Parsed<T>(Value: null, (fault.Reason ?? otherwise).Because(fault.Message));
        }
    }
}
