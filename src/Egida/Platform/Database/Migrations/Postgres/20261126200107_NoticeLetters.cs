using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class NoticeLetters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "LetterId",
                table: "notices",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.CreateTable(
                name: "notice_answers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    NoticeId = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Status = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true),
                    Text = table.Column<string>(type: "text", nullable: true),
                    Statement = table.Column<string>(type: "text", nullable: true),
                    Origin = table.Column<byte[]>(type: "bytea", nullable: false),
                    Times = table.Column<int>(type: "integer", nullable: false),
                    LastAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RefutedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ReadAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ReadBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_answers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_notice_answers_items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_notice_answers_notices_NoticeId",
                        column: x => x.NoticeId,
                        principalTable: "notices",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notice_letters",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Recipient = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    IsReminder = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Notices = table.Column<int>(type: "integer", nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SentAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    StoppedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    StoppedBecause = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_letters", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "notice_wishes",
                columns: table => new
                {
                    Recipient = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    Channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Detail = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_wishes", x => x.Recipient);
                });

            NoticesBefore.BecomeLetters(migrationBuilder);

            migrationBuilder.CreateIndex(
                name: "IX_notices_LetterId",
                table: "notices",
                column: "LetterId");

            migrationBuilder.CreateIndex(
                name: "IX_notices_Number",
                table: "notices",
                column: "Number");

            migrationBuilder.CreateIndex(
                name: "IX_notice_answers_At",
                table: "notice_answers",
                column: "At",
                filter: "\"ReadAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_notice_answers_ItemId_At",
                table: "notice_answers",
                columns: new[] { "ItemId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_notice_answers_NoticeId",
                table: "notice_answers",
                column: "NoticeId");

            migrationBuilder.CreateIndex(
                name: "IX_notice_answers_Origin",
                table: "notice_answers",
                column: "Origin",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_notice_letters_Recipient_IsReminder",
                table: "notice_letters",
                columns: new[] { "Recipient", "IsReminder" },
                filter: "\"ClosedAt\" IS NULL");

            migrationBuilder.AddForeignKey(
                name: "FK_notices_notice_letters_LetterId",
                table: "notices",
                column: "LetterId",
                principalTable: "notice_letters",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_notices_notice_letters_LetterId",
                table: "notices");

            migrationBuilder.DropTable(
                name: "notice_answers");

            migrationBuilder.DropTable(
                name: "notice_letters");

            migrationBuilder.DropTable(
                name: "notice_wishes");

            migrationBuilder.DropIndex(
                name: "IX_notices_LetterId",
                table: "notices");

            migrationBuilder.DropIndex(
                name: "IX_notices_Number",
                table: "notices");

            migrationBuilder.DropColumn(
                name: "LetterId",
                table: "notices");
        }
    }
}
