using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace OfflineKit.PowerShell;

/// <summary>What the cmdlets call the parameters of a question, so that advice can be followed where it is read.</summary>
internal static class ParameterWords
{
    private static readonly Dictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["publicKey"] = "-PublicKey",
        ["trustRoots"] = "-TrustRoot",
        ["trustFolders"] = "-TrustFolder",
        ["trustedRoots"] = "-TrustedRoot",
        ["noBundledTrust"] = "-NoBundledTrust",
        ["certificateIdentity"] = "-CertificateIdentity",
        ["certificateOidcIssuer"] = "-CertificateOidcIssuer",
        ["policy"] = "-Policy",
        ["at"] = "-At",
        ["signaturePath"] = "-SignaturePath",
        ["format"] = "-Format",
        ["keyIds"] = "-KeyId",
        ["algorithm"] = "-Algorithm",
        ["allowedSigners"] = "-AllowedSigners",
        ["identity"] = "-Identity",
        ["namespace"] = "-Namespace",
        ["allowLegacyMinisign"] = "-AllowLegacyMinisign",
        ["layout"] = "-Layout",
        ["offlineManifest"] = "-Manifest",
        ["allowUnlisted"] = "-AllowUnlisted",
    };

    /// <summary>Every parameter that a cmdlet has, without its dash.</summary>
    public static IEnumerable<string> All
    {
        get
        {
            foreach (string name in Names.Values)
            {
                yield return name.Substring(1);
            }
        }
    }

    /// <summary><paramref name="advice"/> with each <c>{member}</c> called as here; what no cmdlet has is said to be the program's own.</summary>
    public static string Said(string advice) => Regex.Replace(
        advice, "\\{([A-Za-z]+)\\}", match => Names.TryGetValue(match.Groups[1].Value, out string? name) ? name : $"{match.Groups[1].Value} (of the program offlinekit; no cmdlet has it)");
}
