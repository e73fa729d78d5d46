using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class HashSamples : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "FirstStatement",
                table: "hash_records_told",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "EnteredBy",
                table: "hash_dispute_filings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "LinkedBy",
                table: "hash_dispute_filings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Number",
                table: "hash_dispute_filings",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "hash_samples",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    DrawnAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DrawnBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    Seed = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AfterChange = table.Column<long>(type: "INTEGER", nullable: false),
                    UpToChange = table.Column<long>(type: "INTEGER", nullable: false),
                    PerMille = table.Column<int>(type: "INTEGER", nullable: false),
                    LeastPerGroup = table.Column<int>(type: "INTEGER", nullable: false),
                    MostTogether = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_samples", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "hash_sample_groups",
                columns: table => new
                {
                    SampleId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    SourceId = table.Column<short>(type: "INTEGER", nullable: false),
                    Assessor = table.Column<Guid>(type: "TEXT", nullable: true),
                    Population = table.Column<int>(type: "INTEGER", nullable: false),
                    Size = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_sample_groups", x => new { x.SampleId, x.Number });
                    table.ForeignKey(
                        name: "FK_hash_sample_groups_hash_samples_SampleId",
                        column: x => x.SampleId,
                        principalTable: "hash_samples",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_hash_sample_groups_hash_sources_SourceId",
                        column: x => x.SourceId,
                        principalTable: "hash_sources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "hash_sampled_records",
                columns: table => new
                {
                    RecordId = table.Column<int>(type: "INTEGER", nullable: false),
                    SampleId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Group = table.Column<int>(type: "INTEGER", nullable: false),
                    CaseId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_sampled_records", x => x.RecordId);
                    table.ForeignKey(
                        name: "FK_hash_sampled_records_hash_disputes_CaseId",
                        column: x => x.CaseId,
                        principalTable: "hash_disputes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_hash_sampled_records_hash_sample_groups_SampleId_Group",
                        columns: x => new { x.SampleId, x.Group },
                        principalTable: "hash_sample_groups",
                        principalColumns: new[] { "SampleId", "Number" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_hash_records_Id",
                table: "hash_records",
                column: "Id",
                filter: "\"IsBenign\"");

            migrationBuilder.CreateIndex(
                name: "IX_hash_sample_groups_SourceId",
                table: "hash_sample_groups",
                column: "SourceId");

            migrationBuilder.CreateIndex(
                name: "IX_hash_sampled_records_CaseId",
                table: "hash_sampled_records",
                column: "CaseId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_hash_sampled_records_SampleId_Group",
                table: "hash_sampled_records",
                columns: new[] { "SampleId", "Group" });

            migrationBuilder.CreateIndex(
                name: "IX_hash_samples_AfterChange",
                table: "hash_samples",
                column: "AfterChange",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hash_sampled_records");

            migrationBuilder.DropTable(
                name: "hash_sample_groups");

            migrationBuilder.DropTable(
                name: "hash_samples");

            migrationBuilder.DropIndex(
                name: "IX_hash_records_Id",
                table: "hash_records");

            migrationBuilder.DropColumn(
                name: "FirstStatement",
                table: "hash_records_told");

            migrationBuilder.DropColumn(
                name: "EnteredBy",
                table: "hash_dispute_filings");

            migrationBuilder.DropColumn(
                name: "LinkedBy",
                table: "hash_dispute_filings");

            migrationBuilder.DropColumn(
                name: "Number",
                table: "hash_dispute_filings");
        }
    }
}
