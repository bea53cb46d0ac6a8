namespace OfflineKit.X509;

/// <summary>Compares a subject's name with the base of a name constraint of the same form.</summary>
/// <remarks>Source: RFC 5280 §4.2.1.10. Where a comparison cannot be made, exclusion matches and permission does not.</remarks>
internal static class NameMatch
{
    /// <summary>The subtree of <paramref name="constraint"/> holds <paramref name="name"/> wholly.</summary>
    public static bool Permits(GeneralName constraint, GeneralName name) => name.Kind switch
    {
        GeneralNameKind.Dns => IsUnder(name.Text.StartsWith("*.", StringComparison.Ordinal) ? name.Text[2..] : name.Text, constraint.Text),
        GeneralNameKind.Email => MailboxFits(constraint.Text, name.Text),
        GeneralNameKind.Uri => NameForms.HostOf(name.Text) is { } host && HostFits(constraint.Text, host),
        GeneralNameKind.IpAddress => AddressFits(constraint.Value.Span, name.Value.Span),
        GeneralNameKind.Directory => name.DirectoryName!.IsWithin(constraint.DirectoryName!),
        _ => false,
    };

    /// <summary>The subtree of <paramref name="constraint"/> holds <paramref name="name"/> or, for a wildcard, any host that it stands for.</summary>
    public static bool Excludes(GeneralName constraint, GeneralName name) => name.Kind switch
    {
        // CVE-2025-61727: *.example.com stands for the excluded bar.example.com too.
        GeneralNameKind.Dns when name.Text.StartsWith("*.", StringComparison.Ordinal) =>
            IsUnder(name.Text[2..], constraint.Text) || IsUnder(constraint.Text, name.Text[2..]),
        GeneralNameKind.Uri => NameForms.HostOf(name.Text) is not { } host || HostFits(constraint.Text, host),
        GeneralNameKind.Dns or GeneralNameKind.Email or GeneralNameKind.IpAddress or GeneralNameKind.Directory => Permits(constraint, name),
        _ => true,
    };

    private static bool IsUnder(string host, string domain) =>
        string.Equals(host, domain, StringComparison.OrdinalIgnoreCase)
        || (host.Length > domain.Length && host[host.Length - domain.Length - 1] == '.' && host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    // ".example.com" holds the hosts below, "example.com" exactly that host.
    private static bool HostFits(string constraint, string host) =>
        constraint.StartsWith('.')
            ? host.Length > constraint.Length && host.EndsWith(constraint, StringComparison.OrdinalIgnoreCase)
            : string.Equals(host, constraint, StringComparison.OrdinalIgnoreCase);

    private static bool MailboxFits(string constraint, string mailbox)
    {
        int at = mailbox.LastIndexOf('@');
        int constraintAt = constraint.LastIndexOf('@');
        if (constraintAt < 0)
        {
            return HostFits(constraint, mailbox[(at + 1)..]);
        }

        // The local part is compared exactly (RFC 5321 §2.4), the host without case.
        return string.Equals(mailbox[..at], constraint[..constraintAt], StringComparison.Ordinal)
            && string.Equals(mailbox[at..], constraint[constraintAt..], StringComparison.OrdinalIgnoreCase);
    }

    private static bool AddressFits(ReadOnlySpan<byte> constraint, ReadOnlySpan<byte> address)
    {
        if (constraint.Length != 2 * address.Length)
        {
            return false;
        }

        for (int i = 0; i < address.Length; i++)
        {
            if ((address[i] & constraint[address.Length + i]) != (constraint[i] & constraint[address.Length + i]))
            {
                return false;
            }
        }

        return true;
    }
}
