namespace Egida.HashSearch.Tests;

public class PublicApiTests
{
    [Fact]
    public void The_public_face_is_the_approved_one() =>
        ApprovedFile.Matches(Path.Combine(Golden.SourceFolder(), "PublicApi.verified.txt"), PublicFace.Of(typeof(Hash256).Assembly));
}
