using System.Collections.Immutable;

namespace OfflineKit.Signer.Http;

/// <summary>One way in which a request is refused: the same status, code and title wherever it happens.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The stable word that clients compare.</param>
/// <param name="Title">What it means, one line, always the same.</param>
internal sealed record Problem(int Status, string Code, string Title)
{
    /// <summary>The refusal of one request; <paramref name="detail"/> quotes what was seen, and never a token, a proof of entitlement or a PIN.</summary>
    public RefusedException Because(string detail) => new(this, detail);
}

/// <summary>A request is refused.</summary>
internal sealed class RefusedException(Problem problem, string detail) : Exception(detail)
{
    /// <summary>Which way.</summary>
    public Problem Problem { get; } = problem;

    /// <summary>Why, in one word, for metrics; the problem's code unless something finer is known.</summary>
    public string Reason { get; init; } = problem.Code;

    /// <summary>Headers that belong to the answer: a challenge, a nonce, when to come again.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The same refusal, that may be tried again after <paramref name="seconds"/>.</summary>
    public RefusedException After(long seconds) => new(Problem, Message)
    {
        Reason = Reason,
        Headers = Headers.Add(KeyValuePair.Create("Retry-After", Math.Max(1, seconds).ToString(System.Globalization.CultureInfo.InvariantCulture))),
    };
}
