using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>A parameter to which anything binds: what the cmdlet cannot use it refuses itself, and so answers.</summary>
/// <remarks>What fails to bind ends the statement: <c>if (-not (Test-PolicySignature $f -At $when)) { throw }</c> would go on after it.</remarks>
internal abstract class AnythingAttribute : ArgumentTransformationAttribute
{
}

/// <summary>One text.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AnyTextAttribute : AnythingAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => AnyText.Of(inputData, engineIntrinsics?.SessionState.Path)!;
}

/// <summary>Any number of texts.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AnyTextsAttribute : AnythingAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData == null ? null! : AnyText.AllOf(inputData, engineIntrinsics?.SessionState.Path);
}

/// <summary>A switch that permits something: what is neither Boolean nor number leaves it off.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AnySwitchAttribute : AnythingAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => new SwitchParameter(Truth(inputData) ?? false);

    /// <summary>The truth of <paramref name="value"/>; null when it has none.</summary>
    internal static bool? Truth(object? value)
    {
        switch (AnyText.Bare(value))
        {
            case SwitchParameter given: return given.IsPresent;
            case bool given: return given;
            // Of JSON, numbers are long or wider.
            case IConvertible given when given.GetTypeCode() >= TypeCode.SByte && given.GetTypeCode() <= TypeCode.Decimal: return NumberTruth(given.ToDouble(CultureInfo.InvariantCulture));
            case System.Numerics.BigInteger given: return !given.IsZero;
            default: return null;
        }
    }

    private static bool? NumberTruth(double given) => double.IsNaN(given) ? (bool?)null : given != 0;
}

/// <summary>A switch that forbids something, or keeps the cmdlet from doing or showing something: what is neither Boolean nor number turns it on.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AnyRestrictionAttribute : AnythingAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => new SwitchParameter(AnySwitchAttribute.Truth(inputData) ?? true);
}

/// <summary>Bytes, as an array of bytes or as the list of numbers that Get-Content makes of them; anything else is null.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AnyBytesAttribute : AnythingAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => AnyText.Tried(() => Bytes(AnyText.Bare(inputData)), null)!;

    private static byte[]? Bytes(object? value)
    {
        if (value is byte[] bytes || !(value is IList list))
        {
            return value as byte[];
        }

        List<byte> found = new List<byte>(list.Count);
        foreach (object? one in list)
        {
            switch (AnyText.Bare(one))
            {
                case byte given: found.Add(given); break;
                case int given when given >= byte.MinValue && given <= byte.MaxValue: found.Add((byte)given); break;
                default: return null;
            }
        }

        return found.ToArray();
    }
}
