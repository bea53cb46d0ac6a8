using System;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace OfflineKit.PowerShell.Tests;

/// <summary>Runs a cmdlet as the binder does: what was set counts as bound.</summary>
internal static class Invocation
{
    /// <summary>Calls <paramref name="command"/> with the parameters that were set on it.</summary>
    public static T Run<T>(T command) where T : Cmdlet
    {
        Bind(command);
        command.Begin();
        command.Process();
        command.End();
        (command as IDisposable)?.Dispose();
        return command;
    }

    /// <summary>Hands <paramref name="objects"/> to <paramref name="command"/> through the pipeline.</summary>
    public static T Pipe<T>(T command, params object?[] objects) where T : PathCmdlet
    {
        Bind(command);
        command.Begin();
        foreach (object? one in objects)
        {
            command.InputObject = one;
            command.MyInvocation.BoundParameters["InputObject"] = one!;
            command.Process();
        }

        command.End();
        command.Dispose();
        return command;
    }

    /// <summary>Paths as the binder hands them over.</summary>
    public static PSObject?[] Paths(params string?[] paths) => [.. paths.Select(path => path is null ? null : new PSObject(path))];

    /// <summary>Notes the parameters that were set as bound.</summary>
    public static void Bind(Cmdlet command)
    {
        if (command is not PSCmdlet { MyInvocation: { } invocation })
        {
            return;
        }

        object fresh = Activator.CreateInstance(command.GetType())!;
        foreach (PropertyInfo property in command.GetType().GetProperties().Where(property => property.GetCustomAttributes<ParameterAttribute>().Any()))
        {
            object? value = property.GetValue(command);
            if (!invocation.BoundParameters.ContainsKey(property.Name) && !Equals(value, property.GetValue(fresh)))
            {
                invocation.BoundParameters[property.Name] = value!;
            }
        }
    }
}
