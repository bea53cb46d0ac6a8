using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace OfflineKit;

/// <summary>The sequence operators that this code uses most, each as one iterator or one array.</summary>
/// <remarks>
/// Extension methods of an enclosing namespace win over imported ones, so these stand in for System.Linq's, whose iterators are
/// specialised by source, order and length for every type argument: megabytes of a native binary. docs/decisions/0005-sequences.md.
/// An array is read by its positions, and an immutable one by the array in it: as a sequence either would be an object with an enumerator of its own for each kind of element, and each of
/// its calls a search for the method at the first time.
/// </remarks>
internal static class Sequences
{
    /// <summary>Each element of <paramref name="source"/> as <paramref name="selector"/> shows it.</summary>
    public static IEnumerable<TResult> Select<T, TResult>(this IEnumerable<T> source, Func<T, TResult> selector)
    {
        foreach (T element in source)
        {
            yield return selector(element);
        }
    }

    /// <summary>The same, with each element's position, counted from 0.</summary>
    public static IEnumerable<TResult> Select<T, TResult>(this IEnumerable<T> source, Func<T, int, TResult> selector)
    {
        int position = 0;
        foreach (T element in source)
        {
            yield return selector(element, position++);
        }
    }

    /// <summary>Each element of <paramref name="source"/> as <paramref name="selector"/> shows it.</summary>
    public static IEnumerable<TResult> Select<T, TResult>(this T[] source, Func<T, TResult> selector)
    {
        foreach (T element in source)
        {
            yield return selector(element);
        }
    }

    /// <summary>Each element of <paramref name="source"/> as <paramref name="selector"/> shows it.</summary>
    public static IEnumerable<TResult> Select<T, TResult>(this ImmutableArray<T> source, Func<T, TResult> selector) => Inside(source).Select(selector);

    /// <summary>The same, with each element's position, counted from 0.</summary>
    public static IEnumerable<TResult> Select<T, TResult>(this ImmutableArray<T> source, Func<T, int, TResult> selector) => Inside(source).Select(selector);

    /// <summary>The elements of <paramref name="source"/> for which <paramref name="condition"/> holds.</summary>
    public static IEnumerable<T> Where<T>(this IEnumerable<T> source, Func<T, bool> condition)
    {
        foreach (T element in source)
        {
            if (condition(element))
            {
                yield return element;
            }
        }
    }

    /// <summary>The elements of <paramref name="source"/> for which <paramref name="condition"/> holds.</summary>
    public static IEnumerable<T> Where<T>(this T[] source, Func<T, bool> condition)
    {
        foreach (T element in source)
        {
            if (condition(element))
            {
                yield return element;
            }
        }
    }

    /// <summary>The elements of <paramref name="source"/> for which <paramref name="condition"/> holds.</summary>
    public static IEnumerable<T> Where<T>(this ImmutableArray<T> source, Func<T, bool> condition) => Inside(source).Where(condition);

    /// <summary>The elements of the sequences that <paramref name="selector"/> shows in each element of <paramref name="source"/>.</summary>
    public static IEnumerable<TResult> SelectMany<T, TResult>(this IEnumerable<T> source, Func<T, IEnumerable<TResult>> selector)
    {
        foreach (T element in source)
        {
            foreach (TResult result in selector(element))
            {
                yield return result;
            }
        }
    }

    /// <summary>The elements of the sequences that <paramref name="selector"/> shows in each element of <paramref name="source"/>.</summary>
    public static IEnumerable<TResult> SelectMany<T, TResult>(this T[] source, Func<T, IEnumerable<TResult>> selector)
    {
        foreach (T element in source)
        {
            foreach (TResult result in selector(element))
            {
                yield return result;
            }
        }
    }

    /// <summary>The elements of the sequences that <paramref name="selector"/> shows in each element of <paramref name="source"/>.</summary>
    public static IEnumerable<TResult> SelectMany<T, TResult>(this ImmutableArray<T> source, Func<T, IEnumerable<TResult>> selector) => Inside(source).SelectMany(selector);

    /// <summary>The elements of the arrays that <paramref name="selector"/> shows in each element of <paramref name="source"/>.</summary>
    public static IEnumerable<TResult> SelectMany<T, TResult>(this IEnumerable<T> source, Func<T, ImmutableArray<TResult>> selector)
    {
        foreach (T element in source)
        {
            foreach (TResult result in selector(element))
            {
                yield return result;
            }
        }
    }

    /// <summary>The elements of the arrays that <paramref name="selector"/> shows in each element of <paramref name="source"/>.</summary>
    public static IEnumerable<TResult> SelectMany<T, TResult>(this T[] source, Func<T, ImmutableArray<TResult>> selector)
    {
        foreach (T element in source)
        {
            foreach (TResult result in selector(element))
            {
                yield return result;
            }
        }
    }

    /// <summary>The elements of the arrays that <paramref name="selector"/> shows in each element of <paramref name="source"/>.</summary>
    public static IEnumerable<TResult> SelectMany<T, TResult>(this ImmutableArray<T> source, Func<T, ImmutableArray<TResult>> selector) => Inside(source).SelectMany(selector);

    /// <summary>The first <paramref name="count"/> elements of <paramref name="source"/>.</summary>
    public static IEnumerable<T> Take<T>(this IEnumerable<T> source, int count)
    {
        using IEnumerator<T> elements = source.GetEnumerator();
        for (int taken = 0; taken < count && elements.MoveNext(); taken++)
        {
            yield return elements.Current;
        }
    }

    /// <summary>The elements of <paramref name="source"/> behind the first <paramref name="count"/>.</summary>
    public static IEnumerable<T> Skip<T>(this IEnumerable<T> source, int count)
    {
        foreach (T element in source)
        {
            if (count > 0)
            {
                count--;
                continue;
            }

            yield return element;
        }
    }

    /// <summary>The elements of <paramref name="source"/> in a new array.</summary>
    /// <remarks>Collection expressions that spread one sequence come here as well: src/Shared/Enumerable.cs.</remarks>
    public static T[] ToArray<T>(this IEnumerable<T> source)
    {
        if (source is ICollection<T> known)
        {
            T[] copy = new T[known.Count];
            known.CopyTo(copy, 0);
            return copy;
        }

        T[] gathered = new T[4];
        int count = 0;
        foreach (T element in source)
        {
            if (count == gathered.Length)
            {
                Array.Resize(ref gathered, checked(count * 2));
            }

            gathered[count++] = element;
        }

        Array.Resize(ref gathered, count);
        return gathered;
    }

    /// <summary><paramref name="count"/> numbers from <paramref name="first"/> upwards.</summary>
    public static IEnumerable<int> Range(int first, int count)
    {
        for (int i = 0; i < count; i++)
        {
            yield return first + i;
        }
    }

    /// <summary>The elements in ascending order.</summary>
    public static IEnumerable<T> Order<T>(this IEnumerable<T> source, IComparer<T>? comparer = null) => source.OrderBy(static element => element, comparer);

    /// <summary>The elements in ascending order of their keys; those of equal keys stay in the order in which they came.</summary>
    public static IEnumerable<T> OrderBy<T, TKey>(this IEnumerable<T> source, Func<T, TKey> key, IComparer<TKey>? comparer = null)
    {
        (T[] elements, TKey[] keys) = WithKeys(source, key);
        comparer ??= Comparer<TKey>.Default;
        return Arranged(elements, (one, other) => comparer.Compare(keys[one], keys[other]));
    }

    /// <summary>The elements in descending order of their keys; those of equal keys stay in the order in which they came.</summary>
    public static IEnumerable<T> OrderByDescending<T, TKey>(this IEnumerable<T> source, Func<T, TKey> key)
    {
        (T[] elements, TKey[] keys) = WithKeys(source, key);
        return Arranged(elements, (one, other) => Comparer<TKey>.Default.Compare(keys[other], keys[one]));
    }

    /// <summary>The elements in ascending order.</summary>
    public static IEnumerable<T> Order<T>(this ImmutableArray<T> source, IComparer<T>? comparer = null) => Inside(source).Order(comparer);

    /// <summary>The elements in ascending order of their keys; those of equal keys stay in the order in which they came.</summary>
    public static IEnumerable<T> OrderBy<T, TKey>(this ImmutableArray<T> source, Func<T, TKey> key, IComparer<TKey>? comparer = null) => Inside(source).OrderBy(key, comparer);

    private static T[] Inside<T>(ImmutableArray<T> source) => ImmutableCollectionsMarshal.AsArray(source) ?? throw new InvalidOperationException("there is no array");

    private static (T[] Elements, TKey[] Keys) WithKeys<T, TKey>(IEnumerable<T> source, Func<T, TKey> key)
    {
        T[] elements = source.ToArray();
        return (elements, Array.ConvertAll(elements, element => key(element)));
    }

    // Positions are sorted and not elements, so that one sort of numbers serves every kind of element, and equal ones can be told apart by where they stood.
    private static IEnumerable<T> Arranged<T>(T[] elements, Comparison<int> compare)
    {
        int[] positions = Range(0, elements.Length).ToArray();
        Array.Sort(positions, (one, other) => compare(one, other) is not 0 and var differs ? differs : one - other);
        foreach (int position in positions)
        {
            yield return elements[position];
        }
    }
}
