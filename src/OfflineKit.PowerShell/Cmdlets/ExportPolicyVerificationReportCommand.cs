using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text;
using OfflineKit.PowerShell.Reports;

namespace OfflineKit.PowerShell;

/// <summary>Writes the results of Get-PolicySignature and Get-PolicyBundle to one file, for people or for other programs: one line for each path that was asked.</summary>
[Cmdlet(VerbsData.Export, "PolicyVerificationReport", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPolicyVerificationReportCommand : PSCmdlet
{
    private readonly List<ReportRow> _results = new List<ReportRow>();
    private bool _isIncomplete;

    /// <summary>Results of Get-PolicySignature and Get-PolicyBundle.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    /// <summary>The file to write, by its exact path.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true)]
    [Alias("LP")]
    public string LiteralPath { get; set; } = "";

    /// <summary>Json for programs, Html for people, Csv for spreadsheets, JUnit for build servers, Text for terminals.</summary>
    [Parameter]
    [ValidateSet("Json", "Html", "Csv", "JUnit", "Text")]
    public string As { get; set; } = "Json";

    /// <summary>Refuses to replace an existing file.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces an existing file even if it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the FileInfo of the report to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PSObject? value in InputObject ?? new PSObject?[] { null })
        {
            if (ReportRow.Of(value) is ReportRow row)
            {
                _results.Add(row);
            }
            else
            {
                _isIncomplete = true;
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string path = PathSelection.One(this, ParameterSetName == "LiteralPath" ? LiteralPath : Path);
        if (_isIncomplete)
        {
            // A report that leaves out what it cannot read would say more than was verified.
            WriteError(ErrorRecords.Of("NothingVerified", "not everything that came in is a result of Get-PolicySignature or Get-PolicyBundle; no file was written", path));
            return;
        }

        if (_results.Count == 0)
        {
            WriteError(ErrorRecords.Of("NothingVerified", "there are no results, so there is nothing to report; no file was written", path));
            return;
        }

        if (!ShouldProcess(path, $"write the {As} report on {_results.Count} artefact(s)"))
        {
            return;
        }

        if (Force && File.Exists(path))
        {
            File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
        }

        byte[] content = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(ReportText.Of(As, _results));
        if (OutputFile.TryWrite(this, path, content, NoClobber ? Existing.Keep : Existing.Replace) && PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }
}
