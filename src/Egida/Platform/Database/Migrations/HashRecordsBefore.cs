using Microsoft.EntityFrameworkCore.Migrations;

namespace Egida.Platform.Database.Migrations;

/// <summary>Carries the records of the first schema (text, one row a hash) into the one for forty million. They keep their order and get numbers.</summary>
/// <param name="unhex">The database's function from hexadecimal digits to bytes.</param>
internal sealed class HashRecordsBefore(MigrationBuilder migration, Func<string, string> unhex, string keyOfNumber, string no, string newId)
{
    public void Keep()
    {
        migration.Sql("""CREATE TABLE old_hash_records AS SELECT CAST(ROW_NUMBER() OVER (ORDER BY "ProposedAt", "Id") AS INTEGER) AS "Number", r.* FROM hash_records r;""");
        migration.Sql("CREATE TABLE old_record_hashes AS SELECT * FROM record_hashes;");
        migration.Sql("""CREATE TABLE old_findings AS SELECT "EvidenceId", "RecordId", "HintId" FROM media_findings WHERE "RecordId" IS NOT NULL OR "HintId" IS NOT NULL;""");
        migration.Sql("DROP TABLE record_hashes;");
        migration.Sql("DROP TABLE hash_records;");
        migration.Sql("""DROP INDEX "IX_media_findings_RecordId";""");
        foreach (var column in (string[])["RecordId", "HintId"])
        {
            migration.Sql($"""ALTER TABLE media_findings DROP COLUMN "{column}";""");
            migration.Sql($"""ALTER TABLE media_findings ADD COLUMN "{column}" INTEGER NULL;""");
        }

        migration.Sql("""CREATE INDEX "IX_media_findings_RecordId" ON media_findings ("RecordId");""");
    }

    /// <summary>Who withdrew a record and why is in the log alone, as before.</summary>
    public void CarryOver()
    {
        migration.Sql($$"""
            INSERT INTO hash_classifications ("Id", "Scheme", "Labels", "Outcomes", "Key")
            SELECT "Number", 'ucs', "Labels", '{}', {{keyOfNumber}} FROM
            (SELECT CAST(ROW_NUMBER() OVER (ORDER BY "Labels") AS INTEGER) AS "Number", "Labels" FROM (SELECT DISTINCT "Labels" FROM old_hash_records) d) n;
            """);
        Statements(1, "ProposedAt", "ProposedBy", "true");
        Statements(2, "ConfirmedAt", "ConfirmedBy", "\"ConfirmedAt\" IS NOT NULL");
        Statements(3, "ProposedAt", "NULL", "\"State\" = 'Withdrawn'");
        migration.Sql($"""
            INSERT INTO hash_records ("Id", "State", "IsBenign", "Flags", "ClassificationId", "OpenedBy", "Change", "Md5", "Sha1", "Sha256", "Pdq", "PdqQuality", "Version")
            SELECT o."Number", CASE o."State" WHEN 'Proposed' THEN 0 WHEN 'Confirmed' THEN 1 WHEN 'Disputed' THEN 2 ELSE 3 END, {no}, 0,
            (SELECT c."Id" FROM hash_classifications c WHERE c."Labels" = o."Labels"), 3 * o."Number" - 2, o."Number",
            {Hash("Md5")}, {Hash("Sha1")}, {Hash("Sha256")}, {Hash("Pdq")},
            (SELECT MIN(h."Quality") FROM old_record_hashes h WHERE h."RecordId" = o."Id" AND h."Kind" = 'Pdq'), o."Version" FROM old_hash_records o;
            """);
        Contributions(1, 1, """(SELECT c."Id" FROM hash_classifications c WHERE c."Labels" = o."Labels")""", "true");
        Contributions(2, 1, "NULL", "\"ConfirmedAt\" IS NOT NULL");
        Contributions(3, 4, "NULL", "\"State\" = 'Withdrawn'");
        migration.Sql($"""
            UPDATE hash_bank_head SET "Records" = (SELECT COUNT(*) FROM old_hash_records), "Changes" = (SELECT COUNT(*) FROM old_hash_records),
            "Statements" = 3 * (SELECT COUNT(*) FROM old_hash_records), "Classifications" = (SELECT COUNT(*) FROM hash_classifications),
            "Bank" = CASE WHEN (SELECT COUNT(*) FROM old_hash_records) > 0 THEN {newId} ELSE NULL END;
            """);
        migration.Sql($"""
            UPDATE media_findings SET "RecordId" = (SELECT o."Number" FROM old_findings f JOIN old_hash_records o ON o."Id" = f."RecordId" WHERE f."EvidenceId" = media_findings."EvidenceId"),
            "HintId" = (SELECT o."Number" FROM old_findings f JOIN old_hash_records o ON o."Id" = f."HintId" WHERE f."EvidenceId" = media_findings."EvidenceId");
            """);
        migration.Sql("DROP TABLE old_findings;");
        migration.Sql("DROP TABLE old_record_hashes;");
        migration.Sql("DROP TABLE old_hash_records;");
    }

    private string Hash(string kind) =>
        unhex($"""(SELECT MIN(h."Value") FROM old_record_hashes h WHERE h."RecordId" = o."Id" AND h."Kind" = '{kind}')""");

    private void Statements(int place, string at, string by, string where) => migration.Sql($"""
        INSERT INTO hash_statements ("Id", "SourceId", "By", "At", "SourceItem", "SourceEvidence", "Records")
        SELECT 3 * "Number" - {3 - place}, 1, {(by == "NULL" ? by : $"\"{by}\"")}, "{at}", "SourceItem", "SourceEvidence", 1 FROM old_hash_records WHERE {where};
        """);

    private void Contributions(int place, int says, string classification, string where) => migration.Sql($"""
        INSERT INTO hash_contributions ("RecordId", "StatementId", "Says", "ClassificationId", "Flags")
        SELECT o."Number", 3 * o."Number" - {3 - place}, {says}, {classification}, 0 FROM old_hash_records o WHERE {where};
        """);
}
