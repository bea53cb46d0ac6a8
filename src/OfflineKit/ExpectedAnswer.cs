namespace OfflineKit;

/// <summary>A demand, the member of <see cref="Expectations"/> by which it is made, and whether it is.</summary>
internal sealed record ExpectedAnswer(Demand Demand, string Member, Func<Expectations, bool> IsMade);
