using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class HashLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "hash_list_keys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Line = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    BeganAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndsAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_list_keys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "hash_lists",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PartnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Jurisdiction = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Kinds = table.Column<byte>(type: "INTEGER", maxLength: 40, nullable: false),
                    Classes = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    OpenedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LastNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_lists", x => x.Id);
                    table.ForeignKey(
                        name: "FK_hash_lists_hash_partners_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "hash_partners",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "hash_canary_sightings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ListId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AskedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    FirstAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Times = table.Column<int>(type: "INTEGER", nullable: false),
                    SettledAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SettledBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_canary_sightings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_hash_canary_sightings_hash_lists_ListId",
                        column: x => x.ListId,
                        principalTable: "hash_lists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_hash_canary_sightings_hash_partners_AskedBy",
                        column: x => x.AskedBy,
                        principalTable: "hash_partners",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "hash_list_canaries",
                columns: table => new
                {
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    ListId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Class = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_list_canaries", x => x.Number);
                    table.ForeignKey(
                        name: "FK_hash_list_canaries_hash_lists_ListId",
                        column: x => x.ListId,
                        principalTable: "hash_lists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "hash_list_versions",
                columns: table => new
                {
                    ListId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: true),
                    UpToChange = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ValidUntil = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Records = table.Column<int>(type: "INTEGER", nullable: false),
                    Withdrawn = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RemovedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_list_versions", x => new { x.ListId, x.Number });
                    table.ForeignKey(
                        name: "FK_hash_list_versions_hash_lists_ListId",
                        column: x => x.ListId,
                        principalTable: "hash_lists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "hash_list_downloads",
                columns: table => new
                {
                    ListId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Requests = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    WholeAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_list_downloads", x => new { x.ListId, x.Number });
                    table.ForeignKey(
                        name: "FK_hash_list_downloads_hash_list_versions_ListId_Number",
                        columns: x => new { x.ListId, x.Number },
                        principalTable: "hash_list_versions",
                        principalColumns: new[] { "ListId", "Number" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_hash_canary_sightings_AskedBy",
                table: "hash_canary_sightings",
                column: "AskedBy");

            migrationBuilder.CreateIndex(
                name: "IX_hash_canary_sightings_ListId",
                table: "hash_canary_sightings",
                column: "ListId");

            migrationBuilder.CreateIndex(
                name: "IX_hash_list_canaries_ListId",
                table: "hash_list_canaries",
                column: "ListId");

            migrationBuilder.CreateIndex(
                name: "IX_hash_lists_PartnerId_Name",
                table: "hash_lists",
                columns: new[] { "PartnerId", "Name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hash_canary_sightings");

            migrationBuilder.DropTable(
                name: "hash_list_canaries");

            migrationBuilder.DropTable(
                name: "hash_list_downloads");

            migrationBuilder.DropTable(
                name: "hash_list_keys");

            migrationBuilder.DropTable(
                name: "hash_list_versions");

            migrationBuilder.DropTable(
                name: "hash_lists");
        }
    }
}
