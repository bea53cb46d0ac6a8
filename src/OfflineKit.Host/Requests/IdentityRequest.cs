using System.Collections.Immutable;
using OfflineKit.Policy;

namespace OfflineKit.Host.Requests;

/// <summary>Which certificate identity must have signed. Identity and issuer go together; each is given exactly, or by one explicit rule. There is no regular expression.</summary>
internal sealed record IdentityRequest
{
    /// <summary>The identity, by each rule that was given.</summary>
    public ImmutableArray<TextMatch> Identity { get; init; } = [];

    /// <summary>The issuer who vouches for it, by each rule that was given.</summary>
    public ImmutableArray<TextMatch> Issuer { get; init; } = [];

    /// <summary>Facts that the certificate must state.</summary>
    public ImmutableArray<CertificateStates> Facts { get; init; } = [];

    /// <summary>What is demanded of the evidence; nothing when no identity is named.</summary>
    public ImmutableArray<Requirement> Requirements => Identity.IsEmpty ? [] : [new SignedByDemandedIdentity(Identity[0], Issuer[0]), .. Facts];

    /// <summary>Refuses half an identity, and two rules for one text.</summary>
    /// <exception cref="UsageException">It is no whole demand.</exception>
    public void Check()
    {
        if (Identity.Length > 1 || Issuer.Length > 1)
        {
            throw new UsageException("the identity or the issuer is given by two rules", "give one text by one rule");
        }

        if (Identity.IsEmpty != Issuer.IsEmpty)
        {
            throw new UsageException(
                Identity.IsEmpty ? "an issuer without an identity" : "an identity without its issuer",
                "give both {certificateIdentity} and {certificateOidcIssuer}: anybody can have any name at another issuer");
        }

        if (Identity.IsEmpty && !Facts.IsEmpty)
        {
            throw new UsageException("a fact of a certificate is demanded without an identity", "say who must have signed with {certificateIdentity}");
        }
    }
}
