using Egida.HashSearch.Tests;

namespace Egida.Match.Tests;

public class PublicApiTests
{
    [Fact]
    public void The_public_face_is_the_approved_one() =>
        ApprovedFile.Matches(Path.Combine(Here.Folder(), "PublicApi.verified.txt"), PublicFace.Of(typeof(KnownList).Assembly));
}
