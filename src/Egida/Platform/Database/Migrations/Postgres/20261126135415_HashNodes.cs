using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Postgres.Migrations
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
                    Name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    OnlyLookups = table.Column<bool>(type: "boolean", nullable: false),
                    ReadsStandby = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<byte>(type: "smallint", maxLength: 40, nullable: false),
                    Followed = table.Column<long>(type: "bigint", nullable: false),
                    ChangesBehind = table.Column<long>(type: "bigint", nullable: false),
                    SecondsBehind = table.Column<double>(type: "double precision", nullable: false),
                    OwnMegabytes = table.Column<int>(type: "integer", nullable: false),
                    MappedMegabytes = table.Column<int>(type: "integer", nullable: false),
                    Problem = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
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
