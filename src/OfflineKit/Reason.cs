using OfflineKit.Reporting;

namespace OfflineKit;

/// <summary>Why something was refused: a stable code, what it means, and what to do next.</summary>
/// <param name="Code"><c>area.kebab-case</c>; never renamed, never reused.</param>
/// <param name="Meaning">One sentence, lower case, without a final period.</param>
/// <param name="NextStep">What the reader can do about it, one sentence.</param>
public sealed record Reason(string Code, string Meaning, string NextStep)
{
    /// <summary>What the reader can do about it, with parameters called by the names that they have in every host.</summary>
    /// <remarks>Worded when somebody reads it: reasons are made of constants alone, so that the compiler lays all of them out in the native binary.</remarks>
    public string NextStep => Wording.Members.Of(Advice.Template);

    /// <summary>The same, before a surface says what its users call the parameters.</summary>
    internal Advice Advice { get; } = new(NextStep);

    /// <summary>A finding with this reason; <paramref name="detail"/> quotes the value seen and the value wanted.</summary>
    public Finding Because(string detail) => new(this, detail);
}

/// <summary>One refusal: no verdict with a finding is trusted.</summary>
/// <param name="Reason">The stable reason.</param>
/// <param name="Detail">What was seen and what was wanted, one sentence; may quote untrusted text.</param>
public sealed record Finding(Reason Reason, string Detail)
{
    /// <summary>What the reader can do about it: what the reason says, unless this case has something more exact.</summary>
    internal Advice Advice { get => field ?? Reason.Advice; init; }

    /// <summary>Nothing is wrong but the number: so many of those who were asked signed, and more were wanted. Null for every other refusal.</summary>
    internal Shortfall? Shortfall { get; init; }
}

/// <summary>Too few of those who were asked signed.</summary>
/// <param name="Signed">How many of them signed; 0 where somebody else did.</param>
/// <param name="Wanted">How many were wanted.</param>
internal sealed record Shortfall(int Signed, int Wanted)
{
    /// <summary>The numbers for people, behind what they are said of; nothing where nobody who was asked signed, which is more than a number.</summary>
    public string Aside => Signed == 0 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $" ({Signed} of the {Wanted} asked)");
}
