using System.Security.Cryptography.X509Certificates;
using OfflineKit.X509;

namespace OfflineKit.Tests.X509;

/// <summary>Certificates cannot cost more than they may.</summary>
public sealed class BudgetTests
{
    [Fact]
    public void Paths_that_share_a_budget_end_when_it_is_spent()
    {
        using X509Certificate2 issuer = TestCertificates.Authority("authority");
        Certificate anchor = Certificate.Parse(issuer.RawData);
        PathBudget budget = new();
        List<string?> found = [];
        while (budget.Signatures > -2 && found.Count < 200)
        {
            // The signature of a certificate is verified once: each round has a certificate of its own.
            found.Add(CertificatePath.Validate(Certificate.Parse(TestCertificates.Leaf(issuer)), [], [anchor], TestCertificates.From, CertificatePurpose.CodeSigning, budget).Finding?.Reason.Code);
        }

        Assert.Null(found[0]);
        Assert.Equal("limit.path-budget", found[^1]);
    }
}
