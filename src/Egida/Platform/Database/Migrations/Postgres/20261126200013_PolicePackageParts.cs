using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class PolicePackageParts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_police_packages_DecisionId",
                table: "police_packages");

            migrationBuilder.AddColumn<bool>(
                name: "IsUrgent",
                table: "police_packages",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Parts",
                table: "police_packages",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "PhoneNote",
                table: "police_packages",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PhonedAt",
                table: "police_packages",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "PhonedBy",
                table: "police_packages",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "StampedAt",
                table: "police_packages",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Unit",
                table: "police_packages",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "From",
                table: "police_package_fetches",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "IsRest",
                table: "police_package_fetches",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Part",
                table: "police_package_fetches",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "To",
                table: "police_package_fetches",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "police_answers",
                columns: table => new
                {
                    PackageId = table.Column<Guid>(type: "uuid", nullable: false),
                    Ordinal = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<Guid>(type: "uuid", nullable: false),
                    CaseNumber = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    Outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    SeenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SeenBy = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_police_answers", x => new { x.PackageId, x.Ordinal });
                    table.ForeignKey(
                        name: "FK_police_answers_police_packages_PackageId",
                        column: x => x.PackageId,
                        principalTable: "police_packages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "police_certificates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Unit = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Encoded = table.Column<byte[]>(type: "bytea", nullable: false),
                    Fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Subject = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    ValidFrom = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ValidUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ProposedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ProposedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    DecidedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_police_certificates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "police_package_parts",
                columns: table => new
                {
                    PackageId = table.Column<Guid>(type: "uuid", nullable: false),
                    Ordinal = table.Column<int>(type: "integer", nullable: false),
                    FileName = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Objects = table.Column<int>(type: "integer", nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    BagSha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Stamp = table.Column<byte[]>(type: "bytea", nullable: true),
                    StampedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    StampedBy = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_police_package_parts", x => new { x.PackageId, x.Ordinal });
                    table.ForeignKey(
                        name: "FK_police_package_parts_police_packages_PackageId",
                        column: x => x.PackageId,
                        principalTable: "police_packages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "police_package_receipts",
                columns: table => new
                {
                    PackageId = table.Column<Guid>(type: "uuid", nullable: false),
                    Ordinal = table.Column<int>(type: "integer", nullable: false),
                    Part = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<Guid>(type: "uuid", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Matches = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_police_package_receipts", x => new { x.PackageId, x.Ordinal });
                    table.ForeignKey(
                        name: "FK_police_package_receipts_police_packages_PackageId",
                        column: x => x.PackageId,
                        principalTable: "police_packages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "preservation_requests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PackageId = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Provider = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Recipient = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<Guid>(type: "uuid", nullable: false),
                    SentAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    StoppedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    StoppedBecause = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_preservation_requests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_preservation_requests_items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_preservation_requests_police_packages_PackageId",
                        column: x => x.PackageId,
                        principalTable: "police_packages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_police_packages_DecisionId_Unit",
                table: "police_packages",
                columns: new[] { "DecisionId", "Unit" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_police_answers_SeenAt",
                table: "police_answers",
                column: "SeenAt");

            migrationBuilder.CreateIndex(
                name: "IX_police_certificates_Unit_State",
                table: "police_certificates",
                columns: new[] { "Unit", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_preservation_requests_ItemId",
                table: "preservation_requests",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_preservation_requests_Number",
                table: "preservation_requests",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_preservation_requests_PackageId",
                table: "preservation_requests",
                column: "PackageId");

            // What was sealed before came as one file; it gets its time stamp like everything else.
            migrationBuilder.Sql("""
                INSERT INTO police_package_parts ("PackageId", "Ordinal", "FileName", "Objects", "Size", "Sha256", "BagSha256", "Version")
                SELECT "Id", 1, "Reference" || '.zip.p7m', "Objects", "Size", "Sha256", COALESCE("BagSha256", ''), 0 FROM police_packages WHERE "SealedAt" IS NOT NULL AND "Sha256" IS NOT NULL
                """);
            migrationBuilder.Sql("""UPDATE police_packages SET "Parts" = 1 WHERE "SealedAt" IS NOT NULL AND "Sha256" IS NOT NULL""");
            migrationBuilder.Sql("""
                UPDATE police_package_fetches SET "Part" = 1, "To" = COALESCE((SELECT p."Size" FROM police_packages p WHERE p."Id" = police_package_fetches."PackageId"), 0)
                """);
            migrationBuilder.Sql("""
                INSERT INTO work ("Id", "Kind", "SubjectId", "Key", "CreatedAt", "DueAt", "Attempts", "Lost")
                SELECT "Id", 'police.stamp-package', "Id", '', "SealedAt", "SealedAt", 0, 0 FROM police_packages WHERE "SealedAt" IS NOT NULL AND "Sha256" IS NOT NULL
                """);

            migrationBuilder.DropColumn(
                name: "BagSha256",
                table: "police_packages");

            migrationBuilder.DropColumn(
                name: "Sha256",
                table: "police_packages");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "police_answers");

            migrationBuilder.DropTable(
                name: "police_certificates");

            migrationBuilder.DropTable(
                name: "police_package_parts");

            migrationBuilder.DropTable(
                name: "police_package_receipts");

            migrationBuilder.DropTable(
                name: "preservation_requests");

            migrationBuilder.DropIndex(
                name: "IX_police_packages_DecisionId_Unit",
                table: "police_packages");

            migrationBuilder.DropColumn(
                name: "IsUrgent",
                table: "police_packages");

            migrationBuilder.DropColumn(
                name: "Parts",
                table: "police_packages");

            migrationBuilder.DropColumn(
                name: "PhoneNote",
                table: "police_packages");

            migrationBuilder.DropColumn(
                name: "PhonedAt",
                table: "police_packages");

            migrationBuilder.DropColumn(
                name: "PhonedBy",
                table: "police_packages");

            migrationBuilder.DropColumn(
                name: "StampedAt",
                table: "police_packages");

            migrationBuilder.DropColumn(
                name: "Unit",
                table: "police_packages");

            migrationBuilder.DropColumn(
                name: "From",
                table: "police_package_fetches");

            migrationBuilder.DropColumn(
                name: "IsRest",
                table: "police_package_fetches");

            migrationBuilder.DropColumn(
                name: "Part",
                table: "police_package_fetches");

            migrationBuilder.DropColumn(
                name: "To",
                table: "police_package_fetches");

            migrationBuilder.AddColumn<string>(
                name: "BagSha256",
                table: "police_packages",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Sha256",
                table: "police_packages",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_police_packages_DecisionId",
                table: "police_packages",
                column: "DecisionId",
                unique: true);
        }
    }
}
