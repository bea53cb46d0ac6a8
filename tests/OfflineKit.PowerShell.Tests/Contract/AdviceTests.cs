namespace OfflineKit.PowerShell.Tests.Contract;

/// <summary>What a result advises can be typed: it names parameters, as the cmdlets have them.</summary>
public sealed class AdviceTests
{
    [Fact]
    public void Every_name_is_that_of_a_parameter_of_a_cmdlet() =>
        Assert.All(ParameterWords.All, name => Assert.Contains(ModuleSurface.Cmdlets, cmdlet => cmdlet.Parameters.Any(parameter => parameter.Name == name)));

    [Fact]
    public void Members_become_parameters_and_what_no_cmdlet_has_is_said_to_be_so()
    {
        Assert.Equal("name the signer with -CertificateIdentity and -CertificateOidcIssuer", ParameterWords.Said("name the signer with {certificateIdentity} and {certificateOidcIssuer}"));
        Assert.Equal("accept it with allowPromiseOnly (of the program offlinekit; no cmdlet has it)", ParameterWords.Said("accept it with {allowPromiseOnly}"));
        Assert.Equal("leave {} alone", ParameterWords.Said("leave {} alone"));
    }
}
