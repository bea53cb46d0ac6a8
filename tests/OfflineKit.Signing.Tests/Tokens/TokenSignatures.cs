namespace OfflineKit.Signing.Tests.Tokens;

/// <summary>Has programs that we did not write verify what a token signed.</summary>
internal static class TokenSignatures
{
    /// <summary>Signs the file a in every format that the algorithm may have, and has others verify it.</summary>
    public static void EveryFormVerifies(Folder folder, string key, string label, (string Name, string Value)[] environment)
    {
        folder.Write("a", "hello\n");
        string[] common = ["--key", key, "--public-key", "pin.pem", "--algorithm", label];
        Sign(folder, environment, ["sign", "a", "--format", "kms", .. common]);
        OpensslVerifies(folder, label);
        Sign(folder, environment, ["sign", "a", "--format", "kms", "--signature-encoding", "aws-json", "-o", "a.json", .. common]);
        Sign(folder, environment, ["sign", "a", "--format", "kms", "--signature-encoding", "base64", "-o", "a.b64", .. common]);
        if (label is not ("RS384" or "RS512" or "PS384" or "PS512" or "ES256K"))
        {
            Sign(folder, environment, ["sign", "a", "--format", "dsse", "--predicate-type", "https://example.com/p", "-o", "a.dsse", .. common]);
            Sign(folder, environment, ["sign", "a", "--format", "sigstore", "-o", "a.sigstore.json", .. common]);
        }
    }

    /// <summary>cosign verifies a detached signature, and a bundle where it can.</summary>
    public static void CosignVerifies(Folder folder, string key, string label, (string Name, string Value)[] environment)
    {
        folder.Write("a", "hello\n");
        string[] common = ["--key", key, "--public-key", "pin.pem", "--algorithm", label];
        Sign(folder, environment, ["sign", "a", "--format", "kms", "--signature-encoding", "base64", .. common]);
        Peer.Must(folder.Path, "cosign", ["verify-blob", "--key", "pin.pem", "--signature", "a.sig", "--insecure-ignore-tlog=true", "a"]);
        if (label == "ED25519_SHA_512")
        {
            return;
        }

        Sign(folder, environment, ["sign", "a", "--format", "sigstore", .. common]);
        folder.Write("root.json", "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}");
        Peer.Must(folder.Path, "cosign", ["verify-blob", "--key", "pin.pem", "--bundle", "a.sigstore.json", "--new-bundle-format", "--trusted-root", "root.json", "--insecure-ignore-tlog=true", "a"]);
    }

    public static void Sign(Folder folder, (string Name, string Value)[] environment, string[] arguments)
    {
        (int exit, string output) = Peer.Sign(folder.Path, arguments, "", environment);
        Assert.True(exit == 0, output);
    }

    private static void OpensslVerifies(Folder folder, string label)
    {
        if (label == "ED25519_SHA_512")
        {
            Peer.Must(folder.Path, "openssl", ["pkeyutl", "-verify", "-pubin", "-inkey", "pin.pem", "-rawin", "-in", "a", "-sigfile", "a.sig"]);
            return;
        }

        string hash = label == "ES256K" ? "256" : label[2..];
        string[] padding = label.StartsWith("PS", StringComparison.Ordinal) ? ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"] : [];
        Peer.Must(folder.Path, "openssl", ["dgst", $"-sha{hash}", "-verify", "pin.pem", .. padding, "-signature", "a.sig", "a"]);
    }
}
