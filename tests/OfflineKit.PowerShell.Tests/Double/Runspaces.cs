// The stand-in's pipelines.
namespace System.Management.Automation.Runspaces;

public enum PipelineResultTypes
{
    None,
}
