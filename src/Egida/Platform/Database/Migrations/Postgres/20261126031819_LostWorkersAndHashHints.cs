using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class LostWorkersAndHashHints : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Lost",
                table: "work",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "HintId",
                table: "media_findings",
                type: "uuid",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Lost",
                table: "work");

            migrationBuilder.DropColumn(
                name: "HintId",
                table: "media_findings");
        }
    }
}
