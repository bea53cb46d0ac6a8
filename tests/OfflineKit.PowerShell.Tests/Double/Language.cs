using System.Collections;
using System.Collections.Generic;

namespace System.Management.Automation.Language
{
    public sealed class CommandAst;
}

namespace System.Management.Automation
{
    public interface IArgumentCompleter
    {
        IEnumerable<CompletionResult> CompleteArgument(
            string commandName, string parameterName, string wordToComplete, Language.CommandAst commandAst, IDictionary fakeBoundParameters);
    }

    public sealed class CompletionResult(string completionText)
    {
        public string CompletionText { get; } = completionText;
    }
}
