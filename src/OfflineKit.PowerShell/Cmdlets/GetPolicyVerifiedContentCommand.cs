using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Hands on the very content that was verified: the file is read once, nothing can change between the check and its use, and every byte of it was signed. Ends the script otherwise.</summary>
[Cmdlet(VerbsCommon.Get, "PolicyVerifiedContent")]
[OutputType(typeof(string), typeof(byte[]))]
public sealed class GetPolicyVerifiedContentCommand : SignatureCmdlet
{
    /// <summary>The largest file, in bytes: content travels to the engine in one line.</summary>
    private const long Limit = 64 * 1024 * 1024;

    private readonly AllOrStop _assertion;

    /// <summary>Nothing is examined yet.</summary>
    public GetPolicyVerifiedContentCommand() => _assertion = new AllOrStop(this);

    /// <summary>Hands on an array of bytes for each file instead of its text.</summary>
    [Parameter]
    [AnySwitch]
    public SwitchParameter AsByteStream { get; set; }

    private protected override IConclusion Conclusion => _assertion;

    /// <inheritdoc/>
    private protected override void EndGuard()
    {
        base.EndGuard();
        List<object> contents = new List<object>();
        foreach (PolicyResult passed in _assertion.Passed)
        {
            byte[] content = passed.Content ?? throw new InvalidOperationException($"{passed.FullName} was verified without its content");
            DemandSignedWhole(passed);
            contents.Add(AsByteStream ? content : (object)Text(passed.FullName, content));
        }

        // Nothing is handed on before everything can be.
        contents.ForEach(Pass);
    }

    // Whoever carried an envelope, a dossier or a clear-signed text can write around what is signed in it, and whatever reads the file takes that for signed as well.
    private void DemandSignedWhole(PolicyResult passed)
    {
        if (!(passed is PolicySignatureResult { IsSignedWhole: true }))
        {
            _assertion.Refuse(
                "NotSigned",
                $"{passed.FullName} is valid for the part of it that is signed, and what else stands in the file anybody may have written: it is not handed on as signed; "
                + "sign the whole file by a signature beside it, or let a program that reads only the signed part take it after Assert-PolicySignature");
        }
    }

    private protected override void Found(string path)
    {
        try
        {
            Verify(path, Read(path));
        }
        catch (Exception fault) when (fault is IOException || fault is UnauthorizedAccessException)
        {
            Unusable(path, "PathNotFound", fault.Message);
        }
    }

    private static byte[] Read(string path)
    {
        using (FileStream file = PlainFile.Open(path))
        {
            if (file.Length > Limit)
            {
                throw new IOException($"{path} has more than {Limit} bytes; verify it with Assert-PolicySignature");
            }

            byte[] content = new byte[file.Length];
            for (int at = 0, count; at < content.Length; at += count)
            {
                count = file.Read(content, at, content.Length - at);
                if (count == 0)
                {
                    throw new IOException($"{path} became shorter while it was read");
                }
            }

            return content;
        }
    }

    private string Text(string path, byte[] content) => TextContent.Decode(content) ?? throw PolicyRefusedException.Of(
        this, ErrorRecords.Of("InvalidUsage", $"{path} is valid, but neither UTF-8 nor UTF-16 with its mark; -AsByteStream hands on its bytes", path));
}
