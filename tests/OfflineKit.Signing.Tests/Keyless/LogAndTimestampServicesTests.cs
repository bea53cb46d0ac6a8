using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Signing.Instances;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>As many logs as are wanted record a signature.</summary>
public sealed class LogAndTimestampServicesTests
{
    [Fact]
    public async Task Two_logs_are_two()
    {
        using SigstoreStub stub = new();
        using KeylessBench bench = new(stub) { Logs = [1, 2], LogsWanted = 2 };
        Assert.Equal(2, (await bench.SignAsync()).Remarks.Length);
    }

    [Fact]
    public void One_log_at_two_addresses_is_one()
    {
        LoggedIn first = Place("rekor.example", 1);
        Assert.Equal("rekor.not-logged", new Witnessed(Logs: 2, Timestamps: 0).Check([first, Place("rekor.example", 2)])?.Reason.Code);
        Assert.Null(new Witnessed(Logs: 2, Timestamps: 0).Check([first, Place("rekor2.example", 2)]));
    }

    private static LoggedIn Place(string log, long index)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PublicKey bound = PublicKey.Bind(SubjectPublicKeyInfo.Parse(key.ExportSubjectPublicKeyInfo()), SignatureScheme.EcdsaSha256);
        return LoggedIn.Prove(TrustedLog.Admit(log, bound, root: "", RevocationList.Empty).Value!, index, treeSize: 3);
    }
}
