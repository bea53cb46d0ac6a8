namespace System.Linq
{
    /// <summary>What the compiler calls for a collection expression that spreads one sequence, such as <c>[.. found.Where(…)]</c>.</summary>
    /// <remarks>
    /// The compiler looks for <c>System.Linq.Enumerable.ToArray</c> in the assembly itself first. The platform's gathers in arrays that it borrows from a pool, and in a native binary each pool
    /// is five types with static fields for every type of element, all made at every start: docs/decisions/0005-sequences.md.
    /// </remarks>
    [global::Microsoft.CodeAnalysis.Embedded]
    internal static class Enumerable
    {
        /// <summary>The elements of <paramref name="source"/> in a new array.</summary>
        public static T[] ToArray<T>(IEnumerable<T> source) => global::OfflineKit.Sequences.ToArray(source);
    }
}

namespace Microsoft.CodeAnalysis
{
    /// <summary>Says to the compiler that a type is seen in its own assembly only, whatever InternalsVisibleTo says.</summary>
    [AttributeUsage(AttributeTargets.All)]
    [Embedded]
    internal sealed class EmbeddedAttribute : Attribute;
}
