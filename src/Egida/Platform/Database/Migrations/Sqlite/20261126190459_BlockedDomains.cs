using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class BlockedDomains : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "block_list_versions",
                columns: table => new
                {
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ValidUntil = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Added = table.Column<int>(type: "INTEGER", nullable: false),
                    Removed = table.Column<int>(type: "INTEGER", nullable: false),
                    Entries = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_block_list_versions", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "block_subscriptions",
                columns: table => new
                {
                    PartnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OpenedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    HasVersion = table.Column<long>(type: "INTEGER", nullable: true),
                    FetchedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_block_subscriptions", x => x.PartnerId);
                    table.ForeignKey(
                        name: "FK_block_subscriptions_hash_partners_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "hash_partners",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "blocked_domains",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Domain = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Scope = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Basis = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Others = table.Column<int>(type: "INTEGER", nullable: false),
                    OthersAnswer = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Source = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    ProposedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProposedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ReviewBy = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    DecidedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ReviewedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    ReviewedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ReviewAskedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Position = table.Column<int>(type: "INTEGER", nullable: true),
                    AddedIn = table.Column<long>(type: "INTEGER", nullable: true),
                    AddedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RemovedIn = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedBecause = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    EndNote = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    EndedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_blocked_domains", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "block_appeals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    EntryId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Domain = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Party = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 5, nullable: false),
                    ReceiptHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mail = table.Column<string>(type: "TEXT", maxLength: 254, nullable: true),
                    FiledAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DecideDue = table.Column<DateTime>(type: "TEXT", nullable: false),
                    IsAboveBrake = table.Column<bool>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Finding = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    DecidedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AnswerStopped = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_block_appeals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_block_appeals_blocked_domains_EntryId",
                        column: x => x.EntryId,
                        principalTable: "blocked_domains",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "blocked_items",
                columns: table => new
                {
                    EntryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Notices = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstNoticeAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastNoticeAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_blocked_items", x => new { x.EntryId, x.ItemId });
                    table.ForeignKey(
                        name: "FK_blocked_items_blocked_domains_EntryId",
                        column: x => x.EntryId,
                        principalTable: "blocked_domains",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_blocked_items_items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "inbound_domains",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Domain = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ImportedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    ImportedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    EntryId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Note = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    SettledBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    SettledAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inbound_domains", x => x.Id);
                    table.ForeignKey(
                        name: "FK_inbound_domains_blocked_domains_EntryId",
                        column: x => x.EntryId,
                        principalTable: "blocked_domains",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_block_appeals_DecidedAt_DecideDue",
                table: "block_appeals",
                columns: new[] { "DecidedAt", "DecideDue" });

            migrationBuilder.CreateIndex(
                name: "IX_block_appeals_EntryId",
                table: "block_appeals",
                column: "EntryId");

            migrationBuilder.CreateIndex(
                name: "IX_block_appeals_FiledAt",
                table: "block_appeals",
                column: "FiledAt",
                filter: "NOT \"IsAboveBrake\"");

            migrationBuilder.CreateIndex(
                name: "IX_block_appeals_Number",
                table: "block_appeals",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_block_appeals_ReceiptHash",
                table: "block_appeals",
                column: "ReceiptHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_blocked_domains_AddedIn",
                table: "blocked_domains",
                column: "AddedIn");

            migrationBuilder.CreateIndex(
                name: "IX_blocked_domains_Domain",
                table: "blocked_domains",
                column: "Domain",
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_blocked_domains_Number",
                table: "blocked_domains",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_blocked_domains_Position",
                table: "blocked_domains",
                column: "Position",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_blocked_domains_RemovedIn",
                table: "blocked_domains",
                column: "RemovedIn");

            migrationBuilder.CreateIndex(
                name: "IX_blocked_domains_State_ReviewBy",
                table: "blocked_domains",
                columns: new[] { "State", "ReviewBy" });

            migrationBuilder.CreateIndex(
                name: "IX_blocked_items_ItemId",
                table: "blocked_items",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_inbound_domains_EntryId",
                table: "inbound_domains",
                column: "EntryId");

            migrationBuilder.CreateIndex(
                name: "IX_inbound_domains_Source_Domain",
                table: "inbound_domains",
                columns: new[] { "Source", "Domain" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_inbound_domains_State_ImportedAt",
                table: "inbound_domains",
                columns: new[] { "State", "ImportedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "block_appeals");

            migrationBuilder.DropTable(
                name: "block_list_versions");

            migrationBuilder.DropTable(
                name: "block_subscriptions");

            migrationBuilder.DropTable(
                name: "blocked_items");

            migrationBuilder.DropTable(
                name: "inbound_domains");

            migrationBuilder.DropTable(
                name: "blocked_domains");
        }
    }
}
