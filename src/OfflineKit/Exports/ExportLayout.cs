using System.Collections.Immutable;

namespace OfflineKit.Exports;

/// <summary>One way of arranging an export: how it is recognised, and the numbered steps by which it is verified.</summary>
internal abstract class ExportLayout
{
    private protected ExportLayout()
    {
    }

    /// <summary>The name for <c>--layout</c> and reports, such as <c>offlinekit-kit</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, for people.</summary>
    public abstract string Title { get; }

    /// <summary>The file by which it is recognised, for messages.</summary>
    public abstract string Mark { get; }

    /// <summary>What the published description leaves open and is therefore our own profile; empty when nothing is.</summary>
    public virtual string OpenQuestions => "";

    /// <summary>It is verified by a profile of our own.</summary>
    public bool IsExperimental => OpenQuestions.Length > 0;

    /// <summary>The demands on the export that a step of the layout answers, besides those on its signatures and its evidence; every other one is refused.</summary>
    public abstract ImmutableArray<Demand> Answers { get; }

    /// <summary>The mark is there.</summary>
    public abstract bool IsMarked(ExportInventory inventory);

    /// <summary>The lists of <paramref name="inventory"/> of which each is verified for itself; empty where the layout has one list.</summary>
    internal virtual ImmutableArray<string> SignedLists(ExportInventory inventory) => [];

    /// <summary>Goes through the steps after the first one, which is the container's.</summary>
    internal abstract void Verify(ExportVerification export);
}
