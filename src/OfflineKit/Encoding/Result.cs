namespace OfflineKit.Encoding;

/// <summary>A parsed value, or the finding that says why there is none; never both, never neither.</summary>
internal readonly record struct Result<T>(T? Value, Finding? Finding)
    where T : class;

/// <summary>The one place where a malformed input becomes a finding.</summary>
internal static class Result
{
    /// <summary>Runs <paramref name="parse"/>; a <see cref="MalformedException"/> becomes a finding under its own reason or <paramref name="otherwise"/>.</summary>
    public static Result<T> Parse<T>(Reason otherwise, Func<T> parse)
        where T : class
    {
        try
        {
            return new Result<T>(parse(), Finding: null);
        }
        catch (MalformedException fault)
        {
            Finding finding = (fault.Reason ?? otherwise).Because(fault.Message);
            return new Result<T>(Value: null, fault.Advice is { } advice ? finding with { Advice = advice } : finding);
        }
    }
}
