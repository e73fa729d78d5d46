using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class HashFeeds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "hash_feeds",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Checkpoint = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    HadAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Spool = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    SpoolCheckpoint = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    SpoolAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SpoolMore = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_feeds", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "sent_hash_feedback",
                columns: table => new
                {
                    Feed = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sent_hash_feedback", x => new { x.Feed, x.Key, x.Kind });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hash_feeds");

            migrationBuilder.DropTable(
                name: "sent_hash_feedback");
        }
    }
}
