using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace OfflineKit.Architecture.Tests;

/// <summary>Which type of an assembly needs which other one of it: by what it is derived from, its members, and the code in them.</summary>
/// <remarks>What stands inside a type counts as the type. Constants and names are copied by the compiler, so nobody needs the type that declares them.</remarks>
internal sealed class TypeGraph : ISignatureTypeProvider<IEnumerable<TypeDefinitionHandle>, object?>
{
    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes).GetFields()
        .Where(field => field.FieldType == typeof(OpCode)).Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value, code => code.OperandType);

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    private TypeGraph(PEReader file) => (_file, _metadata) = (file, file.GetMetadataReader());

    /// <summary>For each type of the assembly at <paramref name="path"/>, by its full name, the full names of those that it needs.</summary>
    public static Dictionary<string, HashSet<string>> Of(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        TypeGraph graph = new(file);
        return graph._metadata.TypeDefinitions.GroupBy(graph.NameOf, StringComparer.Ordinal)
            .ToDictionary(type => type.Key, type => type.SelectMany(graph.NeedsOf).Select(graph.NameOf).Where(other => other != type.Key).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    // The full name of the type that stands in no other.
    private string NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? NameOf(outer) : $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name).Split('`')[0]}";
    }

    private IEnumerable<TypeDefinitionHandle> NeedsOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        return
        [
            .. In(type.BaseType),
            .. type.GetInterfaceImplementations().SelectMany(made => In(_metadata.GetInterfaceImplementation(made).Interface)),
            .. type.GetFields().SelectMany(field => _metadata.GetFieldDefinition(field).DecodeSignature(this, null)),
            .. type.GetMethods().Select(_metadata.GetMethodDefinition).SelectMany(method => Flat(method.DecodeSignature(this, null)).Concat(InCode(method))),
        ];
    }

    private IEnumerable<TypeDefinitionHandle> InCode(MethodDefinition method)
    {
        if (method.RelativeVirtualAddress == 0)
        {
            yield break;
        }

        ImmutableArray<byte> code = _file.GetMethodBody(method.RelativeVirtualAddress).GetILContent();
        for (int at = 0; at < code.Length;)
        {
            short value = code[at] == 0xFE ? BitConverter.ToInt16([code[at + 1], 0xFE]) : code[at];
            at += code[at] == 0xFE ? 2 : 1;
            OperandType operand = Operands[value];
            int number = at + 4 <= code.Length ? BitConverter.ToInt32(code.AsSpan()[at..(at + 4)]) : 0;
            foreach (TypeDefinitionHandle found in operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok ? In(MetadataTokens.EntityHandle(number)) : [])
            {
                yield return found;
            }

            at += SizeOf(operand, number);
        }
    }

    private static int SizeOf(OperandType operand, int number) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * number),
        _ => 4,
    };

    private IEnumerable<TypeDefinitionHandle> In(EntityHandle handle) => handle.Kind switch
    {
        _ when handle.IsNil => [],
        HandleKind.TypeDefinition => [(TypeDefinitionHandle)handle],
        HandleKind.TypeSpecification => _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
        HandleKind.MethodDefinition => [_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()],
        HandleKind.FieldDefinition => [_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()],
        HandleKind.MethodSpecification => In(_metadata.GetMethodSpecification((MethodSpecificationHandle)handle)),
        HandleKind.MemberReference => In(_metadata.GetMemberReference((MemberReferenceHandle)handle).Parent),
        _ => [],
    };

    private IEnumerable<TypeDefinitionHandle> In(MethodSpecification method) => In(method.Method).Concat(method.DecodeSignature(this, null).SelectMany(type => type));

    private static IEnumerable<TypeDefinitionHandle> Flat(MethodSignature<IEnumerable<TypeDefinitionHandle>> signature) => signature.ParameterTypes.Append(signature.ReturnType).SelectMany(type => type);

    public IEnumerable<TypeDefinitionHandle> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [handle];

    public IEnumerable<TypeDefinitionHandle> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [];

    public IEnumerable<TypeDefinitionHandle> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => In(handle);

    public IEnumerable<TypeDefinitionHandle> GetArrayType(IEnumerable<TypeDefinitionHandle> elementType, ArrayShape shape) => elementType;

    public IEnumerable<TypeDefinitionHandle> GetByReferenceType(IEnumerable<TypeDefinitionHandle> elementType) => elementType;

    public IEnumerable<TypeDefinitionHandle> GetFunctionPointerType(MethodSignature<IEnumerable<TypeDefinitionHandle>> signature) => Flat(signature);

    public IEnumerable<TypeDefinitionHandle> GetGenericInstantiation(IEnumerable<TypeDefinitionHandle> genericType, ImmutableArray<IEnumerable<TypeDefinitionHandle>> typeArguments) => typeArguments.SelectMany(type => type).Concat(genericType);

    public IEnumerable<TypeDefinitionHandle> GetGenericMethodParameter(object? genericContext, int index) => [];

    public IEnumerable<TypeDefinitionHandle> GetGenericTypeParameter(object? genericContext, int index) => [];

    public IEnumerable<TypeDefinitionHandle> GetModifiedType(IEnumerable<TypeDefinitionHandle> modifier, IEnumerable<TypeDefinitionHandle> unmodifiedType, bool isRequired) => unmodifiedType;

    public IEnumerable<TypeDefinitionHandle> GetPinnedType(IEnumerable<TypeDefinitionHandle> elementType) => elementType;

    public IEnumerable<TypeDefinitionHandle> GetPointerType(IEnumerable<TypeDefinitionHandle> elementType) => elementType;

    public IEnumerable<TypeDefinitionHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public IEnumerable<TypeDefinitionHandle> GetSZArrayType(IEnumerable<TypeDefinitionHandle> elementType) => elementType;
}
