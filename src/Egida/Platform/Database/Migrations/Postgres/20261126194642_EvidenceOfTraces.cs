using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Egida.Platform.Database.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class EvidenceOfTraces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "DeliveryNetwork",
                table: "hosting_traces",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "OfOtherHost",
                table: "hosting_traces",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Origin",
                table: "hosting_traces",
                type: "character varying(45)",
                maxLength: 45,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OtherAbuseMails",
                table: "hosting_traces",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RegisteredName",
                table: "hosting_traces",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Registrar",
                table: "hosting_traces",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RegistrarMail",
                table: "hosting_traces",
                type: "character varying(254)",
                maxLength: 254,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "abuse_desks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RegistryMail = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    HolderKey = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Holder = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    NetworkHandle = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: true),
                    OtherMails = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    ProposedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Mail = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    DecidedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_abuse_desks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "domain_rules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Domain = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Value = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    SetBy = table.Column<Guid>(type: "uuid", nullable: false),
                    SetAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    EndedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    EndReason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_domain_rules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "origin_questions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Host = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    Network = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Origin = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: true),
                    AnsweredBy = table.Column<Guid>(type: "uuid", nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_origin_questions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "trace_answers",
                columns: table => new
                {
                    TraceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Size = table.Column<int>(type: "integer", nullable: false),
                    Packed = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_trace_answers", x => new { x.TraceId, x.Hash });
                    table.ForeignKey(
                        name: "FK_trace_answers_hosting_traces_TraceId",
                        column: x => x.TraceId,
                        principalTable: "hosting_traces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "abuse_desk_waits",
                columns: table => new
                {
                    DeskId = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_abuse_desk_waits", x => new { x.DeskId, x.ItemId });
                    table.ForeignKey(
                        name: "FK_abuse_desk_waits_abuse_desks_DeskId",
                        column: x => x.DeskId,
                        principalTable: "abuse_desks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_abuse_desk_waits_items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_abuse_desk_waits_ItemId",
                table: "abuse_desk_waits",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_abuse_desks_RegistryMail_HolderKey",
                table: "abuse_desks",
                columns: new[] { "RegistryMail", "HolderKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_abuse_desks_State_ProposedAt",
                table: "abuse_desks",
                columns: new[] { "State", "ProposedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_domain_rules_Domain_Kind_EndedAt",
                table: "domain_rules",
                columns: new[] { "Domain", "Kind", "EndedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_origin_questions_Host_Network",
                table: "origin_questions",
                columns: new[] { "Host", "Network" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_origin_questions_State_OpenedAt",
                table: "origin_questions",
                columns: new[] { "State", "OpenedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "abuse_desk_waits");

            migrationBuilder.DropTable(
                name: "domain_rules");

            migrationBuilder.DropTable(
                name: "origin_questions");

            migrationBuilder.DropTable(
                name: "trace_answers");

            migrationBuilder.DropTable(
                name: "abuse_desks");

            migrationBuilder.DropColumn(
                name: "DeliveryNetwork",
                table: "hosting_traces");

            migrationBuilder.DropColumn(
                name: "OfOtherHost",
                table: "hosting_traces");

            migrationBuilder.DropColumn(
                name: "Origin",
                table: "hosting_traces");

            migrationBuilder.DropColumn(
                name: "OtherAbuseMails",
                table: "hosting_traces");

            migrationBuilder.DropColumn(
                name: "RegisteredName",
                table: "hosting_traces");

            migrationBuilder.DropColumn(
                name: "Registrar",
                table: "hosting_traces");

            migrationBuilder.DropColumn(
                name: "RegistrarMail",
                table: "hosting_traces");
        }
    }
}
