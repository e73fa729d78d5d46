using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class MergeSuggestions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "hash_distinct_pairs",
                columns: table => new
                {
                    Earlier = table.Column<int>(type: "INTEGER", nullable: false),
                    Later = table.Column<int>(type: "INTEGER", nullable: false),
                    FoundBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    FoundAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_distinct_pairs", x => new { x.Earlier, x.Later });
                    table.ForeignKey(
                        name: "FK_hash_distinct_pairs_hash_records_Earlier",
                        column: x => x.Earlier,
                        principalTable: "hash_records",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_hash_distinct_pairs_hash_records_Later",
                        column: x => x.Later,
                        principalTable: "hash_records",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "hash_merge_suggestions",
                columns: table => new
                {
                    Later = table.Column<int>(type: "INTEGER", nullable: false),
                    Earlier = table.Column<int>(type: "INTEGER", nullable: false),
                    By = table.Column<byte>(type: "INTEGER", maxLength: 40, nullable: false),
                    Distance = table.Column<byte>(type: "INTEGER", nullable: false),
                    Cluster = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_merge_suggestions", x => x.Later);
                });

            migrationBuilder.CreateIndex(
                name: "IX_hash_distinct_pairs_Later",
                table: "hash_distinct_pairs",
                column: "Later");

            migrationBuilder.CreateIndex(
                name: "IX_hash_merge_suggestions_By_Distance_Later",
                table: "hash_merge_suggestions",
                columns: new[] { "By", "Distance", "Later" });

            migrationBuilder.CreateIndex(
                name: "IX_hash_merge_suggestions_Cluster",
                table: "hash_merge_suggestions",
                column: "Cluster",
                filter: "\"Cluster\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_hash_merge_suggestions_Earlier",
                table: "hash_merge_suggestions",
                column: "Earlier");

            // Older records are gone through once more: the clusters stay as they are, and suggestions follow.
            migrationBuilder.Sql("UPDATE hash_cluster_head SET \"Followed\" = 0;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hash_distinct_pairs");

            migrationBuilder.DropTable(
                name: "hash_merge_suggestions");
        }
    }
}
