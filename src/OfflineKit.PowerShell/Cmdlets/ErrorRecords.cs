using System;
using System.IO;
using System.Management.Automation;
using System.Security;

namespace OfflineKit.PowerShell;

/// <summary>Makes the error records of this module: the id decides the category.</summary>
internal static class ErrorRecords
{
    /// <summary>The record for <paramref name="errorId"/> about <paramref name="target"/>.</summary>
    public static ErrorRecord Of(string errorId, string message, object? target) => Of(errorId, message, target, Category(errorId));

    /// <summary>The same, in <paramref name="category"/>.</summary>
    public static ErrorRecord Of(string errorId, string message, object? target, ErrorCategory category)
    {
        // Names of files may hold what a terminal obeys.
        string shown = ShownText.Line(message);
        Exception exception = category == ErrorCategory.ObjectNotFound ? new FileNotFoundException(shown)
            : category == ErrorCategory.SecurityError ? (Exception)new SecurityException(shown)
            : new InvalidOperationException(shown);
        return new ErrorRecord(exception, errorId, category, target);
    }

    /// <summary>The category of <paramref name="errorId"/>.</summary>
    public static ErrorCategory Category(string errorId)
    {
        switch (errorId)
        {
            case "PathNotFound":
            case "PathNotFileSystem":
            case "NothingVerified":
                return ErrorCategory.ObjectNotFound;
            case "PathNullOrEmpty":
            case "InvalidUsage":
                return ErrorCategory.InvalidArgument;
            case "MalformedSignature":
                return ErrorCategory.InvalidData;
            case "SigningRefused":
                return ErrorCategory.InvalidOperation;
            case "EngineMissing":
            case "EngineFailure":
            case "EngineProtocol":
                return ErrorCategory.ResourceUnavailable;
            case "KmsDenied":
                return ErrorCategory.PermissionDenied;
            case "KmsUnreachable":
                return ErrorCategory.ConnectionError;
            case "FileExists":
                return ErrorCategory.ResourceExists;
            case "TrustRootReadOnly":
                return ErrorCategory.InvalidOperation;
            default:
                return ErrorCategory.SecurityError;
        }
    }
}
