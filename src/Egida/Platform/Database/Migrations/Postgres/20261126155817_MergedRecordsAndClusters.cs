using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class MergedRecordsAndClusters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "MergedInto",
                table: "hash_records",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "hash_cluster_head",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Followed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_cluster_head", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "hash_cluster_members",
                columns: table => new
                {
                    RecordId = table.Column<int>(type: "integer", nullable: false),
                    Representative = table.Column<int>(type: "integer", nullable: false),
                    Distance = table.Column<byte>(type: "smallint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_cluster_members", x => x.RecordId);
                });

            migrationBuilder.CreateTable(
                name: "hash_clusters",
                columns: table => new
                {
                    Representative = table.Column<int>(type: "integer", nullable: false),
                    Records = table.Column<int>(type: "integer", nullable: false),
                    Used = table.Column<int>(type: "integer", nullable: false),
                    Waiting = table.Column<int>(type: "integer", nullable: false),
                    Harmless = table.Column<int>(type: "integer", nullable: false),
                    Contradiction = table.Column<byte>(type: "smallint", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_clusters", x => x.Representative);
                });

            migrationBuilder.CreateTable(
                name: "hash_merges",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Survivor = table.Column<int>(type: "integer", nullable: false),
                    Merged = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<byte>(type: "smallint", maxLength: 40, nullable: false),
                    ProposedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ProposedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    DecidedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DeclinedBecause = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    UndoneBy = table.Column<Guid>(type: "uuid", nullable: true),
                    UndoneAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UndoneBecause = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    Brought = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_merges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_hash_merges_hash_records_Merged",
                        column: x => x.Merged,
                        principalTable: "hash_records",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_hash_merges_hash_records_Survivor",
                        column: x => x.Survivor,
                        principalTable: "hash_records",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "hash_cluster_head",
                columns: new[] { "Id", "Followed" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_hash_records_MergedInto",
                table: "hash_records",
                column: "MergedInto",
                filter: "\"MergedInto\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_hash_cluster_members_Representative_Distance",
                table: "hash_cluster_members",
                columns: new[] { "Representative", "Distance" });

            migrationBuilder.CreateIndex(
                name: "IX_hash_clusters_Contradiction_Records_Representative",
                table: "hash_clusters",
                columns: new[] { "Contradiction", "Records", "Representative" },
                descending: new[] { true, true, false });

            migrationBuilder.CreateIndex(
                name: "IX_hash_merges_Merged",
                table: "hash_merges",
                column: "Merged");

            migrationBuilder.CreateIndex(
                name: "IX_hash_merges_Survivor",
                table: "hash_merges",
                column: "Survivor");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hash_cluster_head");

            migrationBuilder.DropTable(
                name: "hash_cluster_members");

            migrationBuilder.DropTable(
                name: "hash_clusters");

            migrationBuilder.DropTable(
                name: "hash_merges");

            migrationBuilder.DropIndex(
                name: "IX_hash_records_MergedInto",
                table: "hash_records");

            migrationBuilder.DropColumn(
                name: "MergedInto",
                table: "hash_records");
        }
    }
}
