namespace Egida.Platform.Sandboxing;

/// <summary>
/// This machine can't confine a decoder, so nothing is decoded. A matter for the operator; the file isn't to blame and is
/// tried again later.
/// </summary>
internal sealed class SandboxUnavailableException(string cause) : Exception(
    $"Files can't be inspected: {cause}. Needed: the packages bubblewrap, util-linux, libvips42 and ffmpeg, and either root or permission "
    + "to make user namespaces (kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0, user.max_user_namespaces above 0).");
