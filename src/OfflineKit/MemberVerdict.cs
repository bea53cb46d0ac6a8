namespace OfflineKit;

/// <summary>The verdict on one member of a collection.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Verdict">What was decided of it alone.</param>
/// <param name="AnswersDemand">It was judged by what the caller demands, so it can speak for the collection.</param>
public sealed record MemberVerdict(string Name, Verdict Verdict, bool AnswersDemand);
