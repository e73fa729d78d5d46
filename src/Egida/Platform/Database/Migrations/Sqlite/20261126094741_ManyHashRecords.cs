using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ManyHashRecords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            var before = new HashRecordsBefore(migrationBuilder, h => $"unhex({h})", "unhex(printf('%064x', \"Number\"))", "0", "upper(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6)))");
            before.Keep();

            migrationBuilder.CreateTable(
                name: "hash_records",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<byte>(type: "INTEGER", maxLength: 40, nullable: false),
                    IsBenign = table.Column<bool>(type: "INTEGER", nullable: false),
                    Flags = table.Column<byte>(type: "INTEGER", maxLength: 40, nullable: false),
                    ClassificationId = table.Column<int>(type: "INTEGER", nullable: true),
                    OpenedBy = table.Column<int>(type: "INTEGER", nullable: false),
                    Change = table.Column<long>(type: "INTEGER", nullable: false),
                    Md5 = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Sha1 = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Sha256 = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Pdq = table.Column<byte[]>(type: "BLOB", nullable: true),
                    PdqQuality = table.Column<byte>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_records", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "further_hashes",
                columns: table => new
                {
                    RecordId = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<byte>(type: "INTEGER", maxLength: 40, nullable: false),
                    Ordinal = table.Column<int>(type: "INTEGER", nullable: false),
                    Value = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Quality = table.Column<byte>(type: "INTEGER", nullable: true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_further_hashes", x => new { x.RecordId, x.Kind, x.Ordinal });
                    table.ForeignKey(
                        name: "FK_further_hashes_hash_records_RecordId",
                        column: x => x.RecordId,
                        principalTable: "hash_records",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "hash_bank_head",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Bank = table.Column<Guid>(type: "TEXT", nullable: true),
                    Records = table.Column<int>(type: "INTEGER", nullable: false),
                    Statements = table.Column<int>(type: "INTEGER", nullable: false),
                    Classifications = table.Column<int>(type: "INTEGER", nullable: false),
                    Changes = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_bank_head", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "hash_classifications",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Scheme = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Labels = table.Column<string>(type: "TEXT", nullable: false),
                    Outcomes = table.Column<string>(type: "TEXT", nullable: false),
                    Law = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Series = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Key = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_classifications", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "hash_sources",
                columns: table => new
                {
                    Id = table.Column<short>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Trust = table.Column<byte>(type: "INTEGER", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_sources", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "hash_statements",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    SourceId = table.Column<short>(type: "INTEGER", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    SourceItem = table.Column<Guid>(type: "TEXT", nullable: true),
                    SourceEvidence = table.Column<Guid>(type: "TEXT", nullable: true),
                    Records = table.Column<int>(type: "INTEGER", nullable: false),
                    Digest = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_statements", x => x.Id);
                    table.ForeignKey(
                        name: "FK_hash_statements_hash_sources_SourceId",
                        column: x => x.SourceId,
                        principalTable: "hash_sources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "hash_contributions",
                columns: table => new
                {
                    RecordId = table.Column<int>(type: "INTEGER", nullable: false),
                    StatementId = table.Column<int>(type: "INTEGER", nullable: false),
                    Says = table.Column<byte>(type: "INTEGER", maxLength: 40, nullable: false),
                    ClassificationId = table.Column<int>(type: "INTEGER", nullable: true),
                    Flags = table.Column<byte>(type: "INTEGER", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_contributions", x => new { x.RecordId, x.StatementId });
                    table.ForeignKey(
                        name: "FK_hash_contributions_hash_records_RecordId",
                        column: x => x.RecordId,
                        principalTable: "hash_records",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_hash_contributions_hash_statements_StatementId",
                        column: x => x.StatementId,
                        principalTable: "hash_statements",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "hash_bank_head",
                columns: new[] { "Id", "Bank", "Changes", "Classifications", "Records", "Statements" },
                values: new object[] { 1, null, 0L, 0, 0, 0 });

            migrationBuilder.InsertData(
                table: "hash_sources",
                columns: new[] { "Id", "Code", "Name", "Trust" },
                values: new object[] { (short)1, "house", "Egida", (byte)1 });

            migrationBuilder.CreateIndex(
                name: "IX_hash_records_Change",
                table: "hash_records",
                column: "Change",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_hash_records_State_Id",
                table: "hash_records",
                columns: new[] { "State", "Id" },
                filter: "\"State\" IN (0, 2)");

            migrationBuilder.CreateIndex(
                name: "IX_hash_classifications_Key",
                table: "hash_classifications",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_hash_contributions_StatementId",
                table: "hash_contributions",
                column: "StatementId");

            migrationBuilder.CreateIndex(
                name: "IX_hash_sources_Code",
                table: "hash_sources",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_hash_statements_SourceId",
                table: "hash_statements",
                column: "SourceId");

            migrationBuilder.CreateIndex(
                name: "IX_hash_statements_SourceItem",
                table: "hash_statements",
                column: "SourceItem",
                filter: "\"SourceItem\" IS NOT NULL");

            before.CarryOver();
        }

        /// <summary>There is no way back: the first schema has no place for what several contributors say.</summary>
        protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException("Restore the backup that was made before the upgrade.");
    }
}
