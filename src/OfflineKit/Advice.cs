using OfflineKit.Reporting;

namespace OfflineKit;

/// <summary>What a reader can do, before a surface has said what its users call the parameters.</summary>
/// <param name="Template">The sentence, with <c>{member}</c> where a parameter is meant; it quotes nothing that anybody else wrote.</param>
internal sealed record Advice(string Template)
{
    /// <summary>It names a parameter.</summary>
    public bool NamesParameter => Template.Contains('{', StringComparison.Ordinal);

    /// <summary>The sentence as <paramref name="wording"/> says it.</summary>
    public string In(Wording wording) => wording.Of(Template);
}
