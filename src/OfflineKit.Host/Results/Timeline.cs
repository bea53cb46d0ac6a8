using System.Globalization;
using System.Text;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Results;

/// <summary>When signatures were made, as a drawing of bars.</summary>
internal static class Timeline
{
    private const int Bars = 48, BarWidth = 14, Height = 120, Foot = 24;

    /// <summary>The drawing of <paramref name="count"/> times from <paramref name="first"/> to <paramref name="last"/>, as SVG.</summary>
    public static string Draw(IEnumerable<DateTimeOffset> times, long count, DateTimeOffset first, DateTimeOffset last)
    {
        long[] counts = new long[Bars];
        foreach (DateTimeOffset time in times)
        {
            double share = last == first ? 0.5 : (time - first).TotalSeconds / (last - first).TotalSeconds;
            counts[Math.Min(Bars - 1, (int)(share * Bars))]++;
        }

        long most = counts.Max();
        StringBuilder svg = new();
        string label = $"{count} signing times from {UtcText.Day(first)} to {UtcText.Day(last)}";
        svg.Append(CultureInfo.InvariantCulture, $"<svg role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {Bars * BarWidth} {Height + Foot}\"><title>{label}</title>");
        for (int i = 0; i < Bars; i++)
        {
            long height = counts[i] == 0 ? 0 : Math.Max(3, counts[i] * (Height - 4) / most);
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{i * BarWidth + 1}\" y=\"{Height - height}\" width=\"{BarWidth - 2}\" height=\"{height}\"><title>{counts[i]}</title></rect>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M0 {Height}.5H{Bars * BarWidth}\"/>");
        string anchors = first == last ? "middle" : "start";
        int at = first == last ? Bars * BarWidth / 2 : 0;
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{at}\" y=\"{Height + 18}\" text-anchor=\"{anchors}\">{UtcText.Day(first)}</text>");
        if (UtcText.Day(first) != UtcText.Day(last))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Bars * BarWidth}\" y=\"{Height + 18}\" text-anchor=\"end\">{UtcText.Day(last)}</text>");
        }

        string width = last == first ? "" : string.Create(CultureInfo.InvariantCulture, $"a bar stands for {Span((last - first) / Bars)}, ");
        return svg.Append(CultureInfo.InvariantCulture, $"</svg><p class=\"dim\">{count} proved times; {width}the highest for {most} signatures.</p>").ToString();
    }

    private static string Span(TimeSpan span) => span.TotalDays >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:F0} days")
        : span.TotalHours >= 2 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:F0} hours")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, span.TotalMinutes):F0} minutes");
}
