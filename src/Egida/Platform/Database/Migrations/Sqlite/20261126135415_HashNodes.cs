using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class HashNodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "hash_nodes",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    OnlyLookups = table.Column<bool>(type: "INTEGER", nullable: false),
                    ReadsStandby = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<byte>(type: "INTEGER", maxLength: 40, nullable: false),
                    Followed = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangesBehind = table.Column<long>(type: "INTEGER", nullable: false),
                    SecondsBehind = table.Column<double>(type: "REAL", nullable: false),
                    OwnMegabytes = table.Column<int>(type: "INTEGER", nullable: false),
                    MappedMegabytes = table.Column<int>(type: "INTEGER", nullable: false),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hash_nodes", x => x.Name);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hash_nodes");
        }
    }
}
