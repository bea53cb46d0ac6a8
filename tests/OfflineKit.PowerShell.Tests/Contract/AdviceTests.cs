namespace OfflineKit.PowerShell.Tests.Contract;

/// <summary>What a result advises can be typed: it names parameters, as the cmdlet has them.</summary>
public sealed class AdviceTests
{
    [Fact]
    public void Members_become_parameters_and_what_the_cmdlet_lacks_is_said_to_be_the_programs()
    {
        Type cmdlet = typeof(TestPolicySignatureCommand);
        Assert.Equal("name the signer with -CertificateIdentity and -CertificateOidcIssuer", ParameterWords.Advised(cmdlet, "name the signer with {certificateIdentity} and {certificateOidcIssuer}"));
        Assert.Equal("switch it on with -TrustRoot", ParameterWords.Advised(cmdlet, "switch it on with {trustRoots}"));
        Assert.Equal("accept it with --accept-expired-metadata of the program offlinekit", ParameterWords.Advised(cmdlet, "accept it with {acceptExpiredMetadata}"));
        Assert.Equal("leave {} alone", ParameterWords.Advised(cmdlet, "leave {} alone"));
    }
}
