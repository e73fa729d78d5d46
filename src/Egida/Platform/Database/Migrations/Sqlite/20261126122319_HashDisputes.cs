using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Sqlite.Migrations
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
                    PartnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Mail = table.Column<string>(type: "TEXT", maxLength: 254, nullable: true),
                    ToldUpTo = table.Column<long>(type: "INTEGER", nullable: false),
                    Letter = table.Column<Guid>(type: "TEXT", nullable: true),
                    LetterUpTo = table.Column<long>(type: "INTEGER", nullable: false),
                    LetterRecords = table.Column<int>(type: "INTEGER", nullable: false),
                    StoppedBecause = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Party = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PartnerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    RecordId = table.Column<int>(type: "INTEGER", nullable: true),
                    IsFlood = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsUrgent = table.Column<bool>(type: "INTEGER", nullable: false),
                    FiledAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ReadDue = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DecideDue = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ReadAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Filings = table.Column<int>(type: "INTEGER", nullable: false),
                    EnteredBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Assessor = table.Column<Guid>(type: "TEXT", nullable: true),
                    TakenAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Finding = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DecidedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_disputes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "hash_dispute_filings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CaseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecordId = table.Column<int>(type: "INTEGER", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Party = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PartnerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    From = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    ToldBy = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Language = table.Column<string>(type: "TEXT", maxLength: 5, nullable: false),
                    ReceiptHash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Mail = table.Column<string>(type: "TEXT", maxLength: 254, nullable: true),
                    Times = table.Column<int>(type: "INTEGER", nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AnswerStopped = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
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
