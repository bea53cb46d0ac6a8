using System.Collections.Immutable;

namespace OfflineKit.Campaign.Rules;

/// <summary>Why a change may be accepted.</summary>
/// <param name="Name">Its name in the counts.</param>
/// <param name="Clause">What says so.</param>
/// <param name="Explains">Whether it holds for a change.</param>
internal sealed record Rule(string Name, string Clause, Func<Acceptance, bool> Explains);
