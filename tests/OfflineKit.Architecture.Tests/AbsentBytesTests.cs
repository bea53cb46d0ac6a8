using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>
/// An array that may be null never becomes a <c>ReadOnlyMemory&lt;byte&gt;?</c> by itself: the null would turn into content of no bytes, and a signature of nothing
/// would pass for every file. <c>bytes?.AsMemory()</c> keeps the null; <c>condition ? bytes.AsMemory() : null</c> does not, since null turns into memory by way of an array.
/// </summary>
public sealed class AbsentBytesTests
{
    private const byte Null = 0x14, Call = 0x28, NewObject = 0x73;

    // T[]
    private static readonly byte[] ArrayOfIts = [0x1D, 0x13, 0x00];

    // What `ReadOnlyMemory<byte>? content = array`, `condition ? array : null` and `condition ? memory : null` become, wherever they are written.
    [Theory]
    [InlineData("OfflineKit")]
    [InlineData("OfflineKit.Host")]
    [InlineData("OfflineKit.CommandLine")]
    [InlineData("OfflineKit.Cli")]
    [InlineData("OfflineKit.Signing")]
    [InlineData("OfflineKit.Signing.Cli")]
    [InlineData("OfflineKit.Signer")]
    public void No_array_turns_silently_into_optional_memory(string project)
    {
        string path = Repository.Path("src", project, "bin", "Debug", "net10.0", project + ".dll");
        Assert.SkipUnless(File.Exists(path), $"{project} is not built");
        using PEReader file = new(File.OpenRead(path));
        Sources.AssertNone(Silent(file));
    }

    [Fact]
    public void The_test_sees_each_way_of_writing_it()
    {
        using PEReader file = new(File.OpenRead(typeof(AbsentBytesTests).Assembly.Location));
        string[] found = [.. Silent(file)];
        Assert.Equal([nameof(Written.Assigned), nameof(Written.Chosen), nameof(Written.ChosenMemory), nameof(Written.Passed)], found.Select(name => name[(name.LastIndexOf('.') + 1)..]).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Silent(PEReader file)
    {
        MetadataReader metadata = file.GetMetadataReader();
        HashSet<int> conversions = Members(metadata, "op_Implicit", "ReadOnlyMemory`1<byte>", ArrayOfIts);
        HashSet<int> ofNull = [.. conversions, .. Members(metadata, "op_Implicit", "Memory`1<byte>", ArrayOfIts)];
        HashSet<int> optional = Members(metadata, ".ctor", "Nullable`1<ReadOnlyMemory`1<byte>>", []);
        foreach (MethodDefinition method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
        {
            byte[] code = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes() ?? [];
            bool isOptional = Enumerable.Range(0, Math.Max(0, code.Length - 9)).Any(at => code[at] == Call && code[at + 5] is NewObject or Call && conversions.Contains(Token(code, at)) && optional.Contains(Token(code, at + 5)));
            bool isNull = Enumerable.Range(0, Math.Max(0, code.Length - 5)).Any(at => code[at] == Null && code[at + 1] == Call && ofNull.Contains(Token(code, at + 1)));
            if (isOptional || isNull)
            {
                TypeDefinition type = metadata.GetTypeDefinition(method.GetDeclaringType());
                yield return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(method.Name)}";
            }
        }
    }

    private static int Token(byte[] code, int at) => BitConverter.ToInt32(code, at + 1);

    // The tokens by which code names a member of a generic type; its signature ends with the given bytes.
    private static HashSet<int> Members(MetadataReader metadata, string name, string type, byte[] ending) =>
    [
        .. metadata.MemberReferences.Where(handle =>
        {
            MemberReference member = metadata.GetMemberReference(handle);
            return metadata.GetString(member.Name) == name && member.Parent.Kind == HandleKind.TypeSpecification && metadata.GetBlobBytes(member.Signature).AsSpan().EndsWith(ending)
                && Describe(metadata, metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)member.Parent).Signature)) == type;
        }).Select(handle => MetadataTokens.GetToken(handle)),
    ];

    private static string Describe(MetadataReader metadata, BlobReader signature) => Describe(metadata, ref signature);

    private static string Describe(MetadataReader metadata, ref BlobReader signature)
    {
        switch ((SignatureTypeCode)signature.ReadByte())
        {
            case SignatureTypeCode.Byte:
                return "byte";
            case SignatureTypeCode.GenericTypeInstance:
                signature.ReadByte();
                EntityHandle type = signature.ReadTypeHandle();
                string name = type.Kind == HandleKind.TypeReference ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) : "";
                return signature.ReadCompressedInteger() == 1 ? $"{name}<{Describe(metadata, ref signature)}>" : "";
            default:
                return "";
        }
    }

    private static class Written
    {
        public static ReadOnlyMemory<byte>? Assigned(byte[]? bytes) => bytes;

        public static ReadOnlyMemory<byte>? Chosen(byte[] bytes) => bytes.Length > 0 ? bytes : null;

        public static int Passed(byte[]? bytes)
        {
            ReadOnlyMemory<byte>? content = bytes;
            return content?.Length ?? -1;
        }

        public static ReadOnlyMemory<byte>? Kept(byte[]? bytes) => bytes?.AsMemory();

        public static ReadOnlyMemory<byte>? ChosenMemory(byte[] bytes) => bytes.Length > 0 ? bytes.AsMemory() : null;

        public static ReadOnlyMemory<byte>? KeptChoice(byte[] bytes) => bytes.Length > 0 ? bytes.AsMemory() : default(ReadOnlyMemory<byte>?);

        public static ReadOnlyMemory<byte> Always(byte[] bytes) => bytes;
    }
}
