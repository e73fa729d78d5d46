using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class HashDisputes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "hash_correction_desks",
                columns: table => new
                {
                    PartnerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Mail = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    ToldUpTo = table.Column<long>(type: "bigint", nullable: false),
                    Letter = table.Column<Guid>(type: "uuid", nullable: true),
                    LetterUpTo = table.Column<long>(type: "bigint", nullable: false),
                    LetterRecords = table.Column<int>(type: "integer", nullable: false),
                    StoppedBecause = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_correction_desks", x => x.PartnerId);
                    table.ForeignKey(
                        name: "FK_hash_correction_desks_hash_partners_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "hash_partners",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "hash_disputes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Party = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    PartnerId = table.Column<Guid>(type: "uuid", nullable: true),
                    RecordId = table.Column<int>(type: "integer", nullable: true),
                    IsFlood = table.Column<bool>(type: "boolean", nullable: false),
                    IsUrgent = table.Column<bool>(type: "boolean", nullable: false),
                    FiledAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ReadDue = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DecideDue = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ReadAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Filings = table.Column<int>(type: "integer", nullable: false),
                    EnteredBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Assessor = table.Column<Guid>(type: "uuid", nullable: true),
                    TakenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Verdict = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Finding = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DecidedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_disputes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "hash_dispute_filings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CaseId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordId = table.Column<int>(type: "integer", nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Party = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    PartnerId = table.Column<Guid>(type: "uuid", nullable: true),
                    From = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    ToldBy = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Language = table.Column<string>(type: "character varying(5)", maxLength: 5, nullable: false),
                    ReceiptHash = table.Column<byte[]>(type: "bytea", nullable: true),
                    Mail = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    Times = table.Column<int>(type: "integer", nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AnswerStopped = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_dispute_filings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_hash_dispute_filings_hash_disputes_CaseId",
                        column: x => x.CaseId,
                        principalTable: "hash_disputes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_hash_records_told_PartnerId",
                table: "hash_records_told",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_hash_dispute_filings_CaseId",
                table: "hash_dispute_filings",
                column: "CaseId");

            migrationBuilder.CreateIndex(
                name: "IX_hash_dispute_filings_PartnerId_RecordId",
                table: "hash_dispute_filings",
                columns: new[] { "PartnerId", "RecordId" });

            migrationBuilder.CreateIndex(
                name: "IX_hash_dispute_filings_ReceiptHash",
                table: "hash_dispute_filings",
                column: "ReceiptHash",
                unique: true,
                filter: "\"ReceiptHash\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_hash_disputes_Number",
                table: "hash_disputes",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_hash_disputes_Party_PartnerId_FiledAt",
                table: "hash_disputes",
                columns: new[] { "Party", "PartnerId", "FiledAt" });

            migrationBuilder.CreateIndex(
                name: "IX_hash_disputes_RecordId",
                table: "hash_disputes",
                column: "RecordId",
                unique: true,
                filter: "\"DecidedAt\" IS NULL AND \"RecordId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_hash_disputes_State_DecideDue",
                table: "hash_disputes",
                columns: new[] { "State", "DecideDue" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hash_correction_desks");

            migrationBuilder.DropTable(
                name: "hash_dispute_filings");

            migrationBuilder.DropTable(
                name: "hash_disputes");

            migrationBuilder.DropIndex(
                name: "IX_hash_records_told_PartnerId",
                table: "hash_records_told");
        }
    }
}
