using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OfflineKit.Testing;
using Xunit;

namespace OfflineKit.PowerShell.Tests.Contract;

/// <summary>What the shipped assembly promises to PowerShell 5.1 and 7, read from its metadata.</summary>
public sealed class ContractTests
{
    // Approved verbs of 5.1 that this module uses; a new verb is added here after a look at Get-Verb of 5.1.
    private static readonly string[] Verbs = ["Assert", "Disable", "Enable", "Export", "Get", "Import", "New", "Remove", "Request", "Test", "Update"];

    // Constrained Language Mode converts to these; a type constructor across the trust boundary fails. Our own classes and SecureString are passed as objects.
    private static readonly string[] SafeTypes =
        ["String", "String[]", "SwitchParameter", "Int32", "DateTime", "Hashtable", "Byte[]", "SecureString", "PolicySigningKey", "PSObject", "PSObject[]", "Object"];

    private static readonly string[] ErrorIds =
    [
        "PathNotFound", "PathNotFileSystem", "PathNullOrEmpty", "NothingVerified", "EngineMissing", "EngineTampered", "EngineFailure", "EngineProtocol", "NotSigned",
        "DigestMismatch", "SignatureMismatch", "UntrustedKey", "CertificateExpired", "IdentityMismatch", "TimestampMissing", "LogProofInvalid", "MalformedSignature",
        "UnsupportedAlgorithm", "TrustRootReadOnly", "KmsDenied", "KmsUnreachable", "FileExists", "VerificationFailed", "SigningRefused", "InvalidUsage", "WriteFailed", "InternalError",
    ];

    // What PowerShell 7.6 adds to every cmdlet.
    private static readonly (string Name, string Parameter)[] Common =
    [
        .. new (string, string)[] { ("Verbose", "vb"), ("Debug", "db"), ("ErrorAction", "ea"), ("ErrorVariable", "ev"), ("WarningAction", "wa"), ("WarningVariable", "wv"), ("InformationAction", "infa"),
            ("InformationVariable", "iv"), ("OutVariable", "ov"), ("OutBuffer", "ob"), ("PipelineVariable", "pv"), ("ProgressAction", "proga") }
            .SelectMany(one => new[] { (one.Item1.ToLowerInvariant(), one.Item1), (one.Item2, one.Item1) }),
    ];

    public static TheoryData<string> Names => ModuleSurface.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Verb_is_approved_and_noun_is_singular(string name)
    {
        CmdletSurface cmdlet = ModuleSurface.Cmdlet(name);
        Assert.Contains(cmdlet.Verb, Verbs);
        Assert.True(cmdlet.Noun.StartsWith("Policy", StringComparison.Ordinal) || cmdlet.Noun == "OfflineKitInfo");
        Assert.False(cmdlet.Noun.EndsWith('s'));
        Assert.Equal($"OfflineKit.PowerShell.{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Class);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Output_type_is_said(string name) => Assert.NotEmpty(ModuleSurface.Cmdlet(name).Outputs);

    [Theory]
    [MemberData(nameof(Names))]
    public void At_most_one_parameter_of_a_set_takes_the_pipeline(string name)
    {
        CmdletSurface cmdlet = ModuleSurface.Cmdlet(name);
        Assert.All(cmdlet.Sets, set => Assert.True(cmdlet.Parameters.Count(parameter => parameter.In(set)?.FromPipeline == true) <= 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameter_types_are_safe_in_constrained_language(string name) =>
        Assert.Empty(ModuleSurface.Cmdlet(name).Parameters.Where(parameter => !SafeTypes.Contains(parameter.Type)).Select(parameter => $"{parameter.Name}: {parameter.Type}"));

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_writes_asks_first(string name)
    {
        CmdletSurface cmdlet = ModuleSurface.Cmdlet(name);
        Assert.Equal(cmdlet.Verb is "Disable" or "Enable" or "Export" or "Import" or "New" or "Remove" or "Request" or "Update", cmdlet.ShouldProcess);
        Assert.Equal(cmdlet.Noun == "PolicyTrustRoot" && cmdlet.Verb is "Enable" or "Import" or "Remove" ? "High" : "Medium", cmdlet.Impact);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_default_set_is_named_where_there_are_several(string name)
    {
        CmdletSurface cmdlet = ModuleSurface.Cmdlet(name);
        Assert.True(cmdlet.Sets.Count == 1 || cmdlet.Sets.Contains(cmdlet.DefaultSet!));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_is_handed_to_a_guard_binds(string name)
    {
        CmdletSurface cmdlet = ModuleSurface.Cmdlet(name);
        Assert.Equal(cmdlet.Verb is "Test" or "Assert" || cmdlet.Parameters.Any(parameter => parameter.Name == "LiteralPath" && parameter.Type == "PSObject[]"), cmdlet.IsGuard);
        if (cmdlet.IsGuard)
        {
            Assert.Equal(["Ambiguous", "Unrecognized"], cmdlet.Hidden.Select(parameter => parameter.Name));
            Assert.Single(cmdlet.Sets);
            Assert.DoesNotContain(cmdlet.Parameters, parameter => parameter.Uses.Any(use => use.Mandatory || use.FromPropertyName) || parameter.Values.Count > 0);
            // What PowerShell itself converts may fail to; to an object nothing is converted.
            Assert.Empty(cmdlet.Parameters.Where(parameter => !parameter.Attributes.Any(attribute => attribute.StartsWith("Any", StringComparison.Ordinal)) && parameter.Type is not ("PSObject[]" or "Object")).Select(parameter => parameter.Name));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_that_is_cut_too_short_is_a_name_of_its_own_to_a_guard(string name)
    {
        CmdletSurface cmdlet = ModuleSurface.Cmdlet(name);
        if (cmdlet.IsGuard)
        {
            (string Name, string Parameter)[] names = [.. cmdlet.Parameters.Concat(cmdlet.Hidden.Where(hidden => hidden.Name != "Ambiguous"))
                .SelectMany(parameter => parameter.Aliases.Append(parameter.Name), (parameter, one) => (one.ToLowerInvariant(), parameter.Name)), .. Common];
            string[] several = [.. names.SelectMany(one => Enumerable.Range(1, one.Name.Length).Select(length => one.Name[..length])).Distinct()
                .Where(beginning => names.All(one => one.Name != beginning) && names.Where(one => one.Name.StartsWith(beginning, StringComparison.Ordinal)).Select(one => one.Parameter).Distinct().Count() > 1)];
            IReadOnlyList<string> known = cmdlet.Hidden.Single(hidden => hidden.Name == "Ambiguous").Aliases;
            Assert.Empty(several.Except(known, StringComparer.OrdinalIgnoreCase));
            Assert.Empty(known.Intersect(names.Select(one => one.Name), StringComparer.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets_of_the_assembly()
    {
        string manifest = File.ReadAllText(Repository.Path("module", "OfflineKit", "OfflineKit.psd1"));
        string list = Regex.Match(manifest, @"CmdletsToExport\s*=\s*@\(([^)]*)\)", RegexOptions.None, TimeSpan.FromSeconds(5)).Groups[1].Value;
        Assert.Equal(ModuleSurface.Cmdlets.Select(cmdlet => cmdlet.Name), Regex.Matches(list, "'([^']+)'", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(match => match.Groups[1].Value));
        Assert.DoesNotContain("*", manifest, StringComparison.Ordinal);
        Assert.Contains("FunctionsToExport      = @()", manifest, StringComparison.Ordinal);
        Assert.Contains("AliasesToExport        = @()", manifest, StringComparison.Ordinal);
        Assert.Contains("'Desktop', 'Core'", manifest, StringComparison.Ordinal);
        Assert.Contains("PowerShellVersion      = '5.1'", manifest, StringComparison.Ordinal);
        Assert.Contains("DotNetFrameworkVersion = '4.7.2'", manifest, StringComparison.Ordinal);
        Assert.All(manifest, c => Assert.True(c < 128));
    }

    [Fact]
    public void The_manifest_has_the_version_of_the_build()
    {
        string version = Regex.Match(File.ReadAllText(Repository.Path("Directory.Build.props")), "<VersionPrefix>([^<]+)<", RegexOptions.None, TimeSpan.FromSeconds(5)).Groups[1].Value;
        Assert.Contains($"ModuleVersion          = '{version}'", File.ReadAllText(Repository.Path("module", "OfflineKit", "OfflineKit.psd1")), StringComparison.Ordinal);
    }

    [Fact]
    public void Views_name_types_and_properties_that_exist()
    {
        XElement[] views = [.. XDocument.Load(Repository.Path("module", "OfflineKit", "OfflineKit.Format.ps1xml")).Descendants("View")];
        Assert.Equal(views.Length, views.Select(view => view.Element("Name")!.Value).Distinct().Count());
        foreach (XElement view in views)
        {
            string type = view.Element("ViewSelectedBy")!.Element("TypeName")!.Value;
            Assert.Contains(type, ModuleSurface.PublicTypes);
            Assert.Empty(view.Descendants("PropertyName").Select(property => property.Value).Except(ModuleSurface.Properties[type]));
        }

        string[] results = [.. ModuleSurface.Cmdlets.SelectMany(cmdlet => cmdlet.Outputs).Where(output => output.StartsWith("OfflineKit.", StringComparison.Ordinal)).Distinct()];
        foreach (string result in results)
        {
            XElement[] own = [.. views.Where(view => view.Element("ViewSelectedBy")!.Element("TypeName")!.Value == result)];
            Assert.Single(own, view => view.Element("TableControl") is not null);
            Assert.Single(own, view => view.Element("ListControl") is not null);
        }
    }

    [Fact]
    public void The_assembly_needs_nothing_but_netstandard_and_PowerShell()
    {
        using PEReader file = new(File.OpenRead(ModuleSurface.Assembly));
        MetadataReader metadata = file.GetMetadataReader();
        Assert.Equal(
            ["System.Management.Automation 3.0.0.0", "netstandard 2.0.0.0"],
            metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(reference => $"{metadata.GetString(reference.Name)} {reference.Version}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_types_of_Windows_PowerShell_5_1_are_used()
    {
        string[] known = File.ReadAllLines(Repository.Path("tests", "OfflineKit.PowerShell.Tests", "Contract", "powershell-5.1-types.txt"));
        using PEReader file = new(File.OpenRead(ModuleSurface.Assembly));
        MetadataReader metadata = file.GetMetadataReader();
        string[] used =
        [
            .. metadata.TypeReferences.Select(metadata.GetTypeReference)
                .Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference
                    && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == "System.Management.Automation")
                .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"),
        ];
        Assert.NotEmpty(used);
        Assert.Empty(used.Except(known));
    }

    [Fact]
    public void No_network_type_is_named()
    {
        using PEReader file = new(File.OpenRead(ModuleSurface.Assembly));
        MetadataReader metadata = file.GetMetadataReader();
        Assert.DoesNotContain(metadata.TypeReferences.Select(metadata.GetTypeReference), type => metadata.GetString(type.Namespace).StartsWith("System.Net", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_reason_of_the_engine_has_an_error_id_of_the_list()
    {
        string[] codes = [.. File.ReadLines(Repository.Path("docs", "reason-codes.md")).Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Select(line => line[4..].Trim())];
        Assert.True(codes.Length > 100);
        Assert.Empty(codes.Select(OfflineKit.PowerShell.ErrorIds.Of).Distinct().Except(ErrorIds));
    }

    [Theory]
    [InlineData("signature.mismatch", "SignatureMismatch")]
    [InlineData("minisign.comment-mismatch", "SignatureMismatch")]
    [InlineData("checksum.mismatch", "DigestMismatch")]
    [InlineData("dsse.payload-mismatch", "DigestMismatch")]
    [InlineData("codesentinel.digest-mismatch", "DigestMismatch")]
    [InlineData("statement.artifact-not-subject", "DigestMismatch")]
    [InlineData("key.unknown", "UntrustedKey")]
    [InlineData("key.revoked", "UntrustedKey")]
    [InlineData("key.revoked-undated", "UntrustedKey")]
    [InlineData("cert.untrusted-issuer", "UntrustedKey")]
    [InlineData("cert.expired", "CertificateExpired")]
    [InlineData("policy.identity", "IdentityMismatch")]
    [InlineData("timestamp.missing-signer", "TimestampMissing")]
    [InlineData("log.inclusion-mismatch", "LogProofInvalid")]
    [InlineData("sct.missing", "LogProofInvalid")]
    [InlineData("signature.malformed", "MalformedSignature")]
    [InlineData("signature.unknown-format", "MalformedSignature")]
    [InlineData("algorithm.unsupported", "UnsupportedAlgorithm")]
    [InlineData("verdict.nothing-proved", "NotSigned")]
    [InlineData("sign.output-exists", "FileExists")]
    [InlineData("trust-root-read-only", "TrustRootReadOnly")]
    [InlineData("path-not-found", "PathNotFound")]
    [InlineData("malformed-request", "EngineProtocol")]
    [InlineData("export.digest-mismatch", "DigestMismatch")]
    [InlineData("export.entry-missing", "DigestMismatch")]
    [InlineData("export.entry-extra", "NotSigned")]
    [InlineData("export.mirror-signature", "SignatureMismatch")]
    [InlineData("export.not-canonical", "MalformedSignature")]
    [InlineData("export.wrong-predicate", "MalformedSignature")]
    [InlineData("export.rollback", "VerificationFailed")]
    [InlineData("image.other-digest", "DigestMismatch")]
    [InlineData("image.reference-mismatch", "IdentityMismatch")]
    [InlineData("oci.malformed", "MalformedSignature")]
    [InlineData("policy.signers", "UntrustedKey")]
    public void A_reason_has_its_error_id(string code, string id) => Assert.Equal(id, OfflineKit.PowerShell.ErrorIds.Of(code));

    [Fact]
    public void The_about_page_lists_every_error_id()
    {
        string about = File.ReadAllText(Repository.Path("module", "OfflineKit", "en-US", "about_OfflineKit.help.txt"));
        Assert.All(ErrorIds, id => Assert.Contains(id, about, StringComparison.Ordinal));
    }
}
