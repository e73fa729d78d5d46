using Microsoft.EntityFrameworkCore.Migrations;

namespace Egida.Platform.Database.Migrations;

/// <summary>Notices from before there were letters: each was a mail of its own, with its own id as Message-ID, and its attempts are kept under that. So it becomes a letter of the same id.</summary>
internal static class NoticesBefore
{
    public static void BecomeLetters(MigrationBuilder migration)
    {
        migration.Sql("""
            INSERT INTO notice_letters ("Id", "Recipient", "IsReminder", "CreatedAt", "DueAt", "Notices", "ClosedAt", "SentAt", "StoppedAt", "StoppedBecause", "Version")
            SELECT "Id", "Recipient", "Reminder" > 0, "CreatedAt", "CreatedAt", 1, "CreatedAt", "SentAt", "StoppedAt", "StoppedBecause", 0 FROM notices;
            """);
        migration.Sql("""UPDATE notices SET "LetterId" = "Id";""");

        // What was under way goes on as a letter: the work that was ordered for the item only puts notices into letters now.
        migration.Sql("""
            INSERT INTO work ("Id", "Kind", "SubjectId", "Key", "CreatedAt", "DueAt", "Attempts", "Lost")
            SELECT "Id", 'takedown.send-letter', "Id", '', "CreatedAt", "CreatedAt", 0, 0 FROM notices WHERE "SentAt" IS NULL AND "StoppedAt" IS NULL;
            """);
    }
}
