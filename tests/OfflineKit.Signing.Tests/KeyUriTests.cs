namespace OfflineKit.Signing.Tests;

public sealed class KeyUriTests
{
    [Theory]
    [InlineData("awskms:///1234abcd-12ab-34cd-56ef-1234567890ab", null, "1234abcd-12ab-34cd-56ef-1234567890ab", null, false)]
    [InlineData("awskms:///mrk-1234abcd12ab34cd56ef1234567890ab", null, "mrk-1234abcd12ab34cd56ef1234567890ab", null, false)]
    [InlineData("awskms://localhost:4566/alias/release/x", "localhost:4566", "alias/release/x", null, true)]
    [InlineData("awskms:///arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", null, "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", "us-gov-west-1", false)]
    [InlineData("awskms:///arn:aws:kms:eu-central-1:111122223333:alias/rel", null, "arn:aws:kms:eu-central-1:111122223333:alias/rel", "eu-central-1", true)]
    public void Aws_keys_are_read_as_cosign_reads_them(string text, string? host, string id, string? region, bool alias)
    {
        AwsKeyUri uri = Assert.IsType<AwsKeyUri>(KeyUri.Parse(text));
        Assert.Equal((host, id, region, alias), (uri.Host, uri.Id, uri.Region, uri.IsAlias));
    }

    [Fact]
    public void Other_services_are_read_too()
    {
        AzureKeyUri azure = Assert.IsType<AzureKeyUri>(KeyUri.Parse("azurekms://name.vault.azure.net/key/0a1b"));
        Assert.Equal(("name.vault.azure.net", "key", "0a1b"), (azure.VaultHost, azure.Key, azure.Version));
        GoogleKeyUri google = Assert.IsType<GoogleKeyUri>(KeyUri.Parse("gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k/versions/3"));
        Assert.Equal("projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/3", google.ResourceName);
        Assert.Equal("a.b-c", Assert.IsType<VaultKeyUri>(KeyUri.Parse("hashivault://a.b-c")).Key);
        Assert.Equal("rest/of it".Replace(" ", "-"), Assert.IsType<PluginKeyUri>(KeyUri.Parse("myhsm://rest/of-it")).Rest);
        PluginKeyUri plugin = Assert.IsType<PluginKeyUri>(KeyUri.Parse("plugin://myhsm/slot/1"));
        Assert.Equal(("myhsm", "slot/1"), (plugin.Name, plugin.Rest));
        Assert.Equal("dir/key.pem", Assert.IsType<FileKeyUri>(KeyUri.Parse("dir/key.pem")).Path);
        Assert.Equal("/dir/key.pem", Assert.IsType<FileKeyUri>(KeyUri.Parse("file:///dir/key.pem")).Path);
        Assert.Equal("key", Assert.IsType<FileKeyUri>(KeyUri.Parse("minisign:key")).Path);
    }

    [Fact]
    public void A_token_key_is_read_and_its_pin_never_shown()
    {
        Pkcs11KeyUri uri = Assert.IsType<Pkcs11KeyUri>(KeyUri.Parse("pkcs11:token=my%20kit;id=%01%ff;object=x?module-path=/lib/m.so&pin-value=1234"));
        Assert.Equal(("my kit", "x", "/lib/m.so", "1234"), (uri.Token, uri.Label, uri.ModulePath, uri.PinValue));
        Assert.Equal([0x01, 0xff], uri.Id!.Value.ToArray());
        Assert.DoesNotContain("1234", uri.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("1234", KeyUri.Parse("pkcs11:token=pin-value=;object=x?module-path=/m.so&pin-value=1234").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_key_is_read_as_other_programs_print_it()
    {
        Pkcs11KeyUri uri = Assert.IsType<Pkcs11KeyUri>(KeyUri.Parse("pkcs11:model=SoftHSM%20v2;manufacturer=SoftHSM%20project;serial=79;token=kít;id=%01;object=x;type=private?pin-source=file:/etc/pin"));
        Assert.Equal(("SoftHSM v2", "SoftHSM project", "79", "kít", "file:/etc/pin"), (uri.Model, uri.Manufacturer, uri.Serial, uri.Token, uri.PinSource));
        Assert.Equal("pkcs11:model=SoftHSM%20v2;manufacturer=SoftHSM%20project;serial=79;token=kít;id=%01;object=x;type=private", uri.KeyName);
    }

    [Theory]
    [InlineData("awskms://alias/x")]
    [InlineData("awskms:///alias/")]
    [InlineData("awskms:///1234ABCD-12ab-34cd-56ef-1234567890ab")]
    [InlineData("awskms:///arn:aws:s3:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")]
    [InlineData("awskms:///alias/x\n")]
    [InlineData("azurekms://vault/key")]
    [InlineData("azurekms://name.vault.azure.net/key/1/2")]
    [InlineData("azurekms://name.vault.azure.net/key/")]
    [InlineData("gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k")]
    [InlineData("hashivault://")]
    [InlineData("hashivault://a/b")]
    [InlineData("hashivault://-a")]
    [InlineData("pkcs11:token=x")]
    [InlineData("pkcs11:object=x")]
    [InlineData("pkcs11:token=x;object=y;object=z")]
    [InlineData("pkcs11:token=x;object=y?module-path=rel.so")]
    [InlineData("pkcs11:token=x;object=%2")]
    [InlineData("pkcs11:token=%ff;object=x")]
    [InlineData("pkcs11:token=x;object=y;type=public")]
    [InlineData("pkcs11:token=x;object=y?pin-value=1&pin-source=/f")]
    [InlineData("pkcs11:manufacturer=x;object=y")]
    [InlineData("plugin://name")]
    [InlineData("plugin://../name/x")]
    [InlineData("")]
    [InlineData("file:")]
    [InlineData("file://host/key")]
    [InlineData("file:///a%20b")]
    public void Anything_else_is_refused_with_the_grammar(string text) =>
        Assert.Equal("sign.key-uri", Assert.Throws<SigningException>(() => KeyUri.Parse(text)).Finding.Reason.Code);
}
