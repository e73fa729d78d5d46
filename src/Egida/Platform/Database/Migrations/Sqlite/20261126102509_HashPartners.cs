using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class HashPartners : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "hash_partners",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    KeyHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Jurisdiction = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Kinds = table.Column<byte>(type: "INTEGER", maxLength: 40, nullable: false),
                    MayKnow = table.Column<byte>(type: "INTEGER", maxLength: 40, nullable: false),
                    LargestRadius = table.Column<int>(type: "INTEGER", nullable: false),
                    PerMinute = table.Column<int>(type: "INTEGER", nullable: false),
                    Purposes = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    AdmittedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    AdmittedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_partners", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "hash_query_counts",
                columns: table => new
                {
                    PartnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hour = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Purpose = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Asked = table.Column<long>(type: "INTEGER", nullable: false),
                    Refused = table.Column<long>(type: "INTEGER", nullable: false),
                    Known = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_query_counts", x => new { x.PartnerId, x.Hour, x.Purpose });
                });

            migrationBuilder.CreateTable(
                name: "hash_records_told",
                columns: table => new
                {
                    RecordId = table.Column<int>(type: "INTEGER", nullable: false),
                    PartnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    FirstAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Times = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_records_told", x => new { x.RecordId, x.PartnerId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_hash_partners_KeyHash",
                table: "hash_partners",
                column: "KeyHash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hash_partners");

            migrationBuilder.DropTable(
                name: "hash_query_counts");

            migrationBuilder.DropTable(
                name: "hash_records_told");
        }
    }
}
