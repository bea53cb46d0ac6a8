using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Hands on the very content that was verified: the file is read once, and nothing can change between the check and its use. Ends the script otherwise.</summary>
[Cmdlet(VerbsCommon.Get, "PolicyVerifiedContent")]
[OutputType(typeof(string), typeof(byte[]))]
public sealed class GetPolicyVerifiedContentCommand : SignatureCmdlet
{
    /// <summary>The largest file, in bytes: content travels to the engine in one line.</summary>
    private const long Limit = 64 * 1024 * 1024;

    private readonly AllOrStop _assertion;
    private readonly List<KeyValuePair<string, byte[]>> _contents = new List<KeyValuePair<string, byte[]>>();

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
        foreach (KeyValuePair<string, byte[]> content in _contents)
        {
            WriteObject(AsByteStream ? content.Value : (object)Text(content.Key, content.Value), enumerateCollection: false);
        }
    }

    private protected override void Found(string path)
    {
        try
        {
            byte[] content = Read(path);
            _contents.Add(new KeyValuePair<string, byte[]>(path, content));
            Verify(path, content);
        }
        catch (Exception fault) when (fault is IOException || fault is UnauthorizedAccessException)
        {
            Unusable(path, "PathNotFound", fault.Message);
        }
    }

    private static byte[] Read(string path)
    {
        using (FileStream file = File.OpenRead(path))
        {
            if (!file.CanSeek || file.Length > Limit)
            {
                throw new IOException($"{path} is no plain file of at most {Limit} bytes; verify it with Assert-PolicySignature");
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
