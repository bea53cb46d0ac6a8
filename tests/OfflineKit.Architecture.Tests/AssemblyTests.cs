using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OfflineKit.Architecture.Tests;

/// <summary>What the core is made of.</summary>
public sealed class AssemblyTests
{
    private static readonly string[] Approved =
    [
        "NSec.Cryptography", "System.Collections", "System.Collections.Concurrent", "System.Collections.Immutable", "System.Formats.Asn1", "System.IO.Compression", "System.Linq", "System.Memory",
        "System.Runtime", "System.Runtime.InteropServices", "System.Runtime.Numerics", "System.Security.Cryptography", "System.Text.Encodings.Web",
        "System.Text.Encoding.Extensions", "System.Text.Json", "System.Text.RegularExpressions", "System.Threading",
        "BouncyCastle.Cryptography", // packets of OpenPGP: docs/spec/openpgp.md
        "ZstdSharp", // not on Linux: docs/decisions/0020-archives.md
    ];

    [Fact]
    public void The_core_references_nothing_but_the_approved_assemblies() => Read(metadata =>
        Sources.AssertNone(metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Except(Approved, StringComparer.Ordinal)));

    [Fact]
    public void The_core_names_no_type_of_System_Net_and_no_process_or_console() => Read(metadata =>
        Sources.AssertNone(metadata.TypeReferences
            .Select(metadata.GetTypeReference)
            .Select(type => metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name))
            .Where(name => name.StartsWith("System.Net", StringComparison.Ordinal)
                || name is "System.Console" or "System.Diagnostics.Process" or "System.Random" or "System.TimeProvider"
                    or "System.Security.Cryptography.X509Certificates.X509Chain" or "System.Security.Cryptography.X509Certificates.X509Store")));

    private static void Read(Action<MetadataReader> look)
    {
        using FileStream stream = File.OpenRead(typeof(Verifier).Assembly.Location);
        using PEReader assembly = new(stream);
        look(assembly.GetMetadataReader());
    }
}
