using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class MergesDrawsAndReads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_hash_samples_AfterChange",
                table: "hash_samples");

            migrationBuilder.DropIndex(
                name: "IX_hash_records_State_Id",
                table: "hash_records");

            migrationBuilder.AddColumn<long>(
                name: "FirstChange",
                table: "hash_records_told",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LastChange",
                table: "hash_records_told",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DecidedChange",
                table: "hash_merges",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "DecidedStatement",
                table: "hash_merges",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "UndoneChange",
                table: "hash_merges",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "MarkDigest",
                table: "hash_imports",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MarkLength",
                table: "hash_imports",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateIndex(
                name: "IX_hash_samples_Number",
                table: "hash_samples",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_hash_records_State_Id",
                table: "hash_records",
                columns: new[] { "State", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_hash_samples_Number",
                table: "hash_samples");

            migrationBuilder.DropIndex(
                name: "IX_hash_records_State_Id",
                table: "hash_records");

            migrationBuilder.DropColumn(
                name: "FirstChange",
                table: "hash_records_told");

            migrationBuilder.DropColumn(
                name: "LastChange",
                table: "hash_records_told");

            migrationBuilder.DropColumn(
                name: "DecidedChange",
                table: "hash_merges");

            migrationBuilder.DropColumn(
                name: "DecidedStatement",
                table: "hash_merges");

            migrationBuilder.DropColumn(
                name: "UndoneChange",
                table: "hash_merges");

            migrationBuilder.DropColumn(
                name: "MarkDigest",
                table: "hash_imports");

            migrationBuilder.DropColumn(
                name: "MarkLength",
                table: "hash_imports");

            migrationBuilder.CreateIndex(
                name: "IX_hash_samples_AfterChange",
                table: "hash_samples",
                column: "AfterChange",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_hash_records_State_Id",
                table: "hash_records",
                columns: new[] { "State", "Id" },
                filter: "\"State\" IN (0, 2)");
        }
    }
}
