using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class HashImports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_hash_contributions_hash_records_RecordId",
                table: "hash_contributions");

            migrationBuilder.DropForeignKey(
                name: "FK_hash_contributions_hash_statements_StatementId",
                table: "hash_contributions");

            migrationBuilder.DropIndex(
                name: "IX_hash_contributions_StatementId",
                table: "hash_contributions");

            migrationBuilder.AddColumn<Guid>(
                name: "Import",
                table: "hash_statements",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Standing",
                table: "hash_sources",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "TrustAppliedTo",
                table: "hash_sources",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "hash_imports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SourceId = table.Column<short>(type: "smallint", nullable: false),
                    Format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Fingerprint = table.Column<byte[]>(type: "bytea", nullable: false),
                    Length = table.Column<long>(type: "bigint", nullable: true),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LastAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Place = table.Column<long>(type: "bigint", nullable: false),
                    BytesRead = table.Column<long>(type: "bigint", nullable: false),
                    StoodBefore = table.Column<int>(type: "integer", nullable: false),
                    Withdrawn = table.Column<int>(type: "integer", nullable: false),
                    ReleasedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ReportLength = table.Column<long>(type: "bigint", nullable: false),
                    Problem = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    Counts_Completed = table.Column<long>(type: "bigint", nullable: false),
                    Counts_Contradicting = table.Column<long>(type: "bigint", nullable: false),
                    Counts_Joined = table.Column<long>(type: "bigint", nullable: false),
                    Counts_New = table.Column<long>(type: "bigint", nullable: false),
                    Counts_Refused = table.Column<long>(type: "bigint", nullable: false),
                    Counts_Same = table.Column<long>(type: "bigint", nullable: false),
                    Counts_TakenBack = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_imports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_hash_imports_hash_sources_SourceId",
                        column: x => x.SourceId,
                        principalTable: "hash_sources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "hash_source_entries",
                columns: table => new
                {
                    RecordId = table.Column<int>(type: "integer", nullable: false),
                    SourceId = table.Column<short>(type: "smallint", nullable: false),
                    Key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_source_entries", x => new { x.RecordId, x.SourceId, x.Key });
                });

            migrationBuilder.UpdateData(
                table: "hash_sources",
                keyColumn: "Id",
                keyValue: (short)1,
                columns: new[] { "Standing", "TrustAppliedTo" },
                values: new object[] { 0, null });

            migrationBuilder.CreateIndex(
                name: "IX_hash_imports_Fingerprint_SourceId",
                table: "hash_imports",
                columns: new[] { "Fingerprint", "SourceId" });

            migrationBuilder.CreateIndex(
                name: "IX_hash_imports_SourceId",
                table: "hash_imports",
                column: "SourceId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hash_imports");

            migrationBuilder.DropTable(
                name: "hash_source_entries");

            migrationBuilder.DropColumn(
                name: "Import",
                table: "hash_statements");

            migrationBuilder.DropColumn(
                name: "Standing",
                table: "hash_sources");

            migrationBuilder.DropColumn(
                name: "TrustAppliedTo",
                table: "hash_sources");

            migrationBuilder.CreateIndex(
                name: "IX_hash_contributions_StatementId",
                table: "hash_contributions",
                column: "StatementId");

            migrationBuilder.AddForeignKey(
                name: "FK_hash_contributions_hash_records_RecordId",
                table: "hash_contributions",
                column: "RecordId",
                principalTable: "hash_records",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_hash_contributions_hash_statements_StatementId",
                table: "hash_contributions",
                column: "StatementId",
                principalTable: "hash_statements",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
