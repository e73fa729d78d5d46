using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class DisputeBrake : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Named",
                table: "hash_disputes",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsAboveBrake",
                table: "hash_dispute_filings",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_hash_disputes_Named",
                table: "hash_disputes",
                column: "Named",
                unique: true,
                filter: "\"DecidedAt\" IS NULL AND \"Named\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_hash_disputes_State_Party_PartnerId",
                table: "hash_disputes",
                columns: new[] { "State", "Party", "PartnerId" });

            migrationBuilder.CreateIndex(
                name: "IX_hash_dispute_filings_Party_At",
                table: "hash_dispute_filings",
                columns: new[] { "Party", "At" },
                filter: "NOT \"IsAboveBrake\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_hash_disputes_Named",
                table: "hash_disputes");

            migrationBuilder.DropIndex(
                name: "IX_hash_disputes_State_Party_PartnerId",
                table: "hash_disputes");

            migrationBuilder.DropIndex(
                name: "IX_hash_dispute_filings_Party_At",
                table: "hash_dispute_filings");

            migrationBuilder.DropColumn(
                name: "Named",
                table: "hash_disputes");

            migrationBuilder.DropColumn(
                name: "IsAboveBrake",
                table: "hash_dispute_filings");
        }
    }
}
