CREATE TABLE "abuse_desks" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_abuse_desks" PRIMARY KEY,
    "RegistryMail" TEXT NOT NULL,
    "HolderKey" TEXT NOT NULL,
    "Holder" TEXT NULL,
    "NetworkHandle" TEXT NULL,
    "Country" TEXT NULL,
    "OtherMails" TEXT NULL,
    "ProposedAt" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Mail" TEXT NULL,
    "DecidedBy" TEXT NULL,
    "DecidedAt" TEXT NULL,
    "Reason" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "AspNetUsers" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AspNetUsers" PRIMARY KEY,
    "DisplayName" TEXT NOT NULL,
    "Language" TEXT NOT NULL,
    "DisabledAt" TEXT NULL,
    "CodeSecret" BLOB NULL,
    "LastCodeStep" INTEGER NOT NULL,
    "UserName" TEXT NULL,
    "NormalizedUserName" TEXT NULL,
    "Email" TEXT NULL,
    "NormalizedEmail" TEXT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "PhoneNumber" TEXT NULL,
    "PhoneNumberConfirmed" INTEGER NOT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL,
    "LockoutEnd" TEXT NULL,
    "LockoutEnabled" INTEGER NOT NULL,
    "AccessFailedCount" INTEGER NOT NULL
);


CREATE TABLE "audit_entries" (
    "Seq" INTEGER NOT NULL CONSTRAINT "PK_audit_entries" PRIMARY KEY,
    "At" TEXT NOT NULL,
    "Action" TEXT NOT NULL,
    "Actor" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "Data" TEXT NOT NULL,
    "Reason" TEXT NULL,
    "ReasonSalt" BLOB NULL,
    "Root" BLOB NOT NULL,
    "Signature" BLOB NOT NULL
);


CREATE TABLE "audit_head" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_audit_head" PRIMARY KEY,
    "Size" INTEGER NOT NULL,
    "Edge" BLOB NOT NULL
);


CREATE TABLE "block_list_versions" (
    "Number" INTEGER NOT NULL CONSTRAINT "PK_block_list_versions" PRIMARY KEY,
    "MadeAt" TEXT NOT NULL,
    "ValidUntil" TEXT NOT NULL,
    "Added" INTEGER NOT NULL,
    "Removed" INTEGER NOT NULL,
    "Entries" INTEGER NOT NULL
);


CREATE TABLE "blocked_domains" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_blocked_domains" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "Domain" TEXT NOT NULL,
    "Scope" TEXT NOT NULL,
    "Basis" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "Others" INTEGER NOT NULL,
    "OthersAnswer" TEXT NULL,
    "Source" TEXT NULL,
    "ProposedBy" TEXT NOT NULL,
    "ProposedAt" TEXT NOT NULL,
    "ReviewBy" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "DecidedBy" TEXT NULL,
    "DecidedAt" TEXT NULL,
    "ReviewedBy" TEXT NULL,
    "ReviewedAt" TEXT NULL,
    "ReviewAskedAt" TEXT NULL,
    "Position" INTEGER NULL,
    "AddedIn" INTEGER NULL,
    "AddedAt" TEXT NULL,
    "RemovedIn" INTEGER NULL,
    "EndedBecause" TEXT NULL,
    "EndNote" TEXT NULL,
    "EndedBy" TEXT NULL,
    "EndedAt" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "derived_outcomes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_derived_outcomes" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "EvidenceId" TEXT NULL,
    "Scheme" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    "Rule" TEXT NOT NULL,
    "LegalBasis" TEXT NULL,
    "RuleSetVersion" TEXT NOT NULL,
    "ComputedAt" TEXT NOT NULL
);


CREATE TABLE "domain_rules" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_domain_rules" PRIMARY KEY,
    "Domain" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Value" TEXT NULL,
    "Reason" TEXT NOT NULL,
    "SetBy" TEXT NOT NULL,
    "SetAt" TEXT NOT NULL,
    "EndedBy" TEXT NULL,
    "EndedAt" TEXT NULL,
    "EndReason" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "entry_links" (
    "TokenHash" BLOB NOT NULL CONSTRAINT "PK_entry_links" PRIMARY KEY,
    "Staff" TEXT NOT NULL,
    "ExpiresAt" TEXT NOT NULL,
    "UsedAt" TEXT NULL
);


CREATE TABLE "events" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_events" PRIMARY KEY AUTOINCREMENT,
    "AuditSeq" INTEGER NOT NULL,
    "Type" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "Data" TEXT NOT NULL
);


CREATE TABLE "exposures" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_exposures" PRIMARY KEY,
    "Staff" TEXT NOT NULL,
    "ItemId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "At" TEXT NOT NULL
);


CREATE TABLE "hash_bank_head" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_hash_bank_head" PRIMARY KEY,
    "Bank" TEXT NULL,
    "Records" INTEGER NOT NULL,
    "Statements" INTEGER NOT NULL,
    "Classifications" INTEGER NOT NULL,
    "Changes" INTEGER NOT NULL
);


CREATE TABLE "hash_classifications" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_hash_classifications" PRIMARY KEY,
    "Scheme" TEXT NOT NULL,
    "Labels" TEXT NOT NULL,
    "Outcomes" TEXT NOT NULL,
    "Law" TEXT NULL,
    "Series" TEXT NULL,
    "Key" BLOB NOT NULL
);


CREATE TABLE "hash_cluster_head" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_hash_cluster_head" PRIMARY KEY,
    "Followed" INTEGER NOT NULL
);


CREATE TABLE "hash_cluster_members" (
    "RecordId" INTEGER NOT NULL CONSTRAINT "PK_hash_cluster_members" PRIMARY KEY,
    "Representative" INTEGER NOT NULL,
    "Distance" INTEGER NOT NULL
);


CREATE TABLE "hash_clusters" (
    "Representative" INTEGER NOT NULL CONSTRAINT "PK_hash_clusters" PRIMARY KEY,
    "Records" INTEGER NOT NULL,
    "Used" INTEGER NOT NULL,
    "Waiting" INTEGER NOT NULL,
    "Harmless" INTEGER NOT NULL,
    "Contradiction" INTEGER NOT NULL
);


CREATE TABLE "hash_contributions" (
    "RecordId" INTEGER NOT NULL,
    "StatementId" INTEGER NOT NULL,
    "Says" INTEGER NOT NULL,
    "ClassificationId" INTEGER NULL,
    "Flags" INTEGER NOT NULL,
    CONSTRAINT "PK_hash_contributions" PRIMARY KEY ("RecordId", "StatementId")
);


CREATE TABLE "hash_disputes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_hash_disputes" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Party" TEXT NOT NULL,
    "PartnerId" TEXT NULL,
    "RecordId" INTEGER NULL,
    "Named" INTEGER NULL,
    "IsFlood" INTEGER NOT NULL,
    "IsUrgent" INTEGER NOT NULL,
    "FiledAt" TEXT NOT NULL,
    "ReadDue" TEXT NOT NULL,
    "DecideDue" TEXT NOT NULL,
    "ReadAt" TEXT NULL,
    "Filings" INTEGER NOT NULL,
    "EnteredBy" TEXT NULL,
    "Assessor" TEXT NULL,
    "TakenAt" TEXT NULL,
    "Verdict" TEXT NULL,
    "Finding" TEXT NULL,
    "DecidedAt" TEXT NULL,
    "DecidedBy" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "hash_feeds" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_hash_feeds" PRIMARY KEY,
    "Checkpoint" TEXT NULL,
    "HadAt" TEXT NULL,
    "Spool" TEXT NULL,
    "SpoolCheckpoint" TEXT NULL,
    "SpoolAt" TEXT NULL,
    "SpoolMore" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "hash_list_keys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_hash_list_keys" PRIMARY KEY,
    "Line" TEXT NOT NULL,
    "BeganAt" TEXT NOT NULL,
    "EndsAt" TEXT NULL
);


CREATE TABLE "hash_merge_suggestions" (
    "Later" INTEGER NOT NULL CONSTRAINT "PK_hash_merge_suggestions" PRIMARY KEY,
    "Earlier" INTEGER NOT NULL,
    "By" INTEGER NOT NULL,
    "Distance" INTEGER NOT NULL,
    "Cluster" INTEGER NULL
);


CREATE TABLE "hash_nodes" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_hash_nodes" PRIMARY KEY,
    "OnlyLookups" INTEGER NOT NULL,
    "ReadsStandby" INTEGER NOT NULL,
    "Version" TEXT NOT NULL,
    "StartedAt" TEXT NOT NULL,
    "SeenAt" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "Followed" INTEGER NOT NULL,
    "ChangesBehind" INTEGER NOT NULL,
    "SecondsBehind" REAL NOT NULL,
    "OwnMegabytes" INTEGER NOT NULL,
    "MappedMegabytes" INTEGER NOT NULL,
    "Problem" TEXT NULL
);


CREATE TABLE "hash_partners" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_hash_partners" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "KeyHash" BLOB NOT NULL,
    "Jurisdiction" TEXT NOT NULL,
    "Kinds" INTEGER NOT NULL,
    "MayKnow" INTEGER NOT NULL,
    "LargestRadius" INTEGER NOT NULL,
    "PerMinute" INTEGER NOT NULL,
    "Purposes" TEXT NOT NULL,
    "AdmittedBy" TEXT NOT NULL,
    "AdmittedAt" TEXT NOT NULL,
    "EndedAt" TEXT NULL,
    "RangesStoppedAt" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "hash_query_counts" (
    "PartnerId" TEXT NOT NULL,
    "Hour" TEXT NOT NULL,
    "Purpose" TEXT NOT NULL,
    "Asked" INTEGER NOT NULL,
    "Refused" INTEGER NOT NULL,
    "Known" INTEGER NOT NULL,
    CONSTRAINT "PK_hash_query_counts" PRIMARY KEY ("PartnerId", "Hour", "Purpose")
);


CREATE TABLE "hash_record_hits" (
    "RecordId" INTEGER NOT NULL CONSTRAINT "PK_hash_record_hits" PRIMARY KEY,
    "Hour" INTEGER NOT NULL,
    "Hits" INTEGER NOT NULL,
    "Busiest" INTEGER NOT NULL
);


CREATE TABLE "hash_records" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_hash_records" PRIMARY KEY,
    "State" INTEGER NOT NULL,
    "IsBenign" INTEGER NOT NULL,
    "Flags" INTEGER NOT NULL,
    "ClassificationId" INTEGER NULL,
    "MergedInto" INTEGER NULL,
    "OpenedBy" INTEGER NOT NULL,
    "Change" INTEGER NOT NULL,
    "Md5" BLOB NULL,
    "Sha1" BLOB NULL,
    "Sha256" BLOB NULL,
    "Pdq" BLOB NULL,
    "PdqQuality" INTEGER NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "hash_records_told" (
    "RecordId" INTEGER NOT NULL,
    "PartnerId" TEXT NOT NULL,
    "FirstAt" TEXT NOT NULL,
    "FirstStatement" INTEGER NULL,
    "FirstChange" INTEGER NULL,
    "LastAt" TEXT NOT NULL,
    "LastChange" INTEGER NULL,
    "Times" INTEGER NOT NULL,
    CONSTRAINT "PK_hash_records_told" PRIMARY KEY ("RecordId", "PartnerId")
);


CREATE TABLE "hash_samples" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_hash_samples" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "DrawnAt" TEXT NOT NULL,
    "DrawnBy" TEXT NOT NULL,
    "Seed" BLOB NOT NULL,
    "AfterChange" INTEGER NOT NULL,
    "UpToChange" INTEGER NOT NULL,
    "PerMille" INTEGER NOT NULL,
    "LeastPerGroup" INTEGER NOT NULL,
    "MostTogether" INTEGER NOT NULL
);


CREATE TABLE "hash_source_entries" (
    "RecordId" INTEGER NOT NULL,
    "SourceId" INTEGER NOT NULL,
    "Key" TEXT NOT NULL,
    CONSTRAINT "PK_hash_source_entries" PRIMARY KEY ("RecordId", "SourceId", "Key")
);


CREATE TABLE "hash_sources" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_hash_sources" PRIMARY KEY,
    "Code" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Trust" INTEGER NOT NULL,
    "TrustAppliedTo" INTEGER NULL,
    "Standing" INTEGER NOT NULL
);


CREATE TABLE "items" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_items" PRIMARY KEY,
    "AddressKey" BLOB NOT NULL,
    "Address" TEXT NULL,
    "AsTyped" TEXT NOT NULL,
    "Host" TEXT NULL,
    "OpenedAt" TEXT NOT NULL,
    "ReportCount" INTEGER NOT NULL,
    "LastReportedAt" TEXT NOT NULL,
    "LastStation" TEXT NOT NULL,
    "PersonNeeded" TEXT NULL,
    "Outcome" TEXT NULL,
    "Closure" TEXT NULL,
    "ClosedAt" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "mail_attempts" (
    "MessageOf" TEXT NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "BegunAt" TEXT NOT NULL,
    "PossibleDuplicate" INTEGER NOT NULL,
    "State" TEXT NOT NULL,
    "EndedAt" TEXT NULL,
    "ReplyCode" INTEGER NULL,
    "ReplyText" TEXT NULL,
    "Problem" TEXT NULL,
    CONSTRAINT "PK_mail_attempts" PRIMARY KEY ("MessageOf", "Ordinal")
);


CREATE TABLE "notice_letters" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_notice_letters" PRIMARY KEY,
    "Recipient" TEXT NOT NULL,
    "IsReminder" INTEGER NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "DueAt" TEXT NOT NULL,
    "Notices" INTEGER NOT NULL,
    "ClosedAt" TEXT NULL,
    "SentAt" TEXT NULL,
    "StoppedAt" TEXT NULL,
    "StoppedBecause" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "notice_wishes" (
    "Recipient" TEXT NOT NULL CONSTRAINT "PK_notice_wishes" PRIMARY KEY,
    "Channel" TEXT NOT NULL,
    "Detail" TEXT NULL,
    "At" TEXT NOT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "origin_questions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_origin_questions" PRIMARY KEY,
    "Host" TEXT NOT NULL,
    "Network" TEXT NOT NULL,
    "OpenedAt" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Origin" TEXT NULL,
    "AnsweredBy" TEXT NULL,
    "AnsweredAt" TEXT NULL,
    "Reason" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "police_certificates" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_police_certificates" PRIMARY KEY,
    "Unit" TEXT NOT NULL,
    "Encoded" BLOB NOT NULL,
    "Fingerprint" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "ValidFrom" TEXT NOT NULL,
    "ValidUntil" TEXT NOT NULL,
    "ProposedBy" TEXT NOT NULL,
    "ProposedAt" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "DecidedBy" TEXT NULL,
    "DecidedAt" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "recovery_codes" (
    "Staff" TEXT NOT NULL,
    "Hash" BLOB NOT NULL,
    "UsedAt" TEXT NULL,
    CONSTRAINT "PK_recovery_codes" PRIMARY KEY ("Staff", "Hash")
);


CREATE TABLE "running_numbers" (
    "Series" TEXT NOT NULL,
    "Year" INTEGER NOT NULL,
    "Last" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_running_numbers" PRIMARY KEY ("Series", "Year")
);


CREATE TABLE "sent_hash_feedback" (
    "Feed" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "PK_sent_hash_feedback" PRIMARY KEY ("Feed", "Key", "Kind")
);


CREATE TABLE "spent_challenges" (
    "Hash" BLOB NOT NULL CONSTRAINT "PK_spent_challenges" PRIMARY KEY,
    "Staff" TEXT NOT NULL,
    "SpentAt" TEXT NOT NULL
);


CREATE TABLE "staff_changes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_staff_changes" PRIMARY KEY,
    "Subject" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Role" TEXT NULL,
    "ProposedBy" TEXT NOT NULL,
    "ProposedAt" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "DecidedBy" TEXT NULL,
    "DecidedAt" TEXT NULL,
    "Version" INTEGER NOT NULL
);


CREATE TABLE "staff_roles" (
    "Staff" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "Since" TEXT NOT NULL,
    CONSTRAINT "PK_staff_roles" PRIMARY KEY ("Staff", "Role")
);


CREATE TABLE "work" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_work" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "SubjectId" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "Payload" TEXT NULL,
    "CreatedAt" TEXT NOT NULL,
    "DueAt" TEXT NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "Lost" INTEGER NOT NULL,
    "LeasedUntil" TEXT NULL,
    "LeaseToken" TEXT NULL,
    "LastProblem" TEXT NULL,
    "DoneAt" TEXT NULL,
    "ParkedAt" TEXT NULL
);


CREATE TABLE "AspNetUserClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AspNetUserClaims" PRIMARY KEY AUTOINCREMENT,
    "UserId" TEXT NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_AspNetUserClaims_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "AspNetUserLogins" (
    "LoginProvider" TEXT NOT NULL,
    "ProviderKey" TEXT NOT NULL,
    "ProviderDisplayName" TEXT NULL,
    "UserId" TEXT NOT NULL,
    CONSTRAINT "PK_AspNetUserLogins" PRIMARY KEY ("LoginProvider", "ProviderKey"),
    CONSTRAINT "FK_AspNetUserLogins_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "AspNetUserTokens" (
    "UserId" TEXT NOT NULL,
    "LoginProvider" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" TEXT NULL,
    CONSTRAINT "PK_AspNetUserTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
    CONSTRAINT "FK_AspNetUserTokens_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "passkeys" (
    "CredentialId" BLOB NOT NULL CONSTRAINT "PK_passkeys" PRIMARY KEY,
    "Id" TEXT NOT NULL,
    "AddedAt" TEXT NOT NULL,
    "LastUsedAt" TEXT NULL,
    "UserId" TEXT NOT NULL,
    "Data" TEXT NOT NULL,
    CONSTRAINT "FK_passkeys_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "block_appeals" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_block_appeals" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "EntryId" TEXT NULL,
    "Domain" TEXT NOT NULL,
    "Party" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Language" TEXT NOT NULL,
    "ReceiptHash" BLOB NOT NULL,
    "Mail" TEXT NULL,
    "FiledAt" TEXT NOT NULL,
    "DecideDue" TEXT NOT NULL,
    "IsAboveBrake" INTEGER NOT NULL,
    "Outcome" TEXT NULL,
    "Finding" TEXT NULL,
    "DecidedBy" TEXT NULL,
    "DecidedAt" TEXT NULL,
    "AnsweredAt" TEXT NULL,
    "AnswerStopped" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_block_appeals_blocked_domains_EntryId" FOREIGN KEY ("EntryId") REFERENCES "blocked_domains" ("Id")
);


CREATE TABLE "inbound_domains" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_inbound_domains" PRIMARY KEY,
    "Source" TEXT NOT NULL,
    "Domain" TEXT NOT NULL,
    "ImportedBy" TEXT NOT NULL,
    "ImportedAt" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "EntryId" TEXT NULL,
    "Note" TEXT NULL,
    "SettledBy" TEXT NULL,
    "SettledAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_inbound_domains_blocked_domains_EntryId" FOREIGN KEY ("EntryId") REFERENCES "blocked_domains" ("Id")
);


CREATE TABLE "hash_dispute_filings" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_hash_dispute_filings" PRIMARY KEY,
    "CaseId" TEXT NOT NULL,
    "Number" TEXT NULL,
    "EnteredBy" TEXT NULL,
    "LinkedBy" TEXT NULL,
    "RecordId" INTEGER NULL,
    "At" TEXT NOT NULL,
    "Party" TEXT NOT NULL,
    "PartnerId" TEXT NULL,
    "From" TEXT NULL,
    "Reason" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "ToldBy" TEXT NULL,
    "Language" TEXT NOT NULL,
    "ReceiptHash" BLOB NULL,
    "Mail" TEXT NULL,
    "Times" INTEGER NOT NULL,
    "IsAboveBrake" INTEGER NOT NULL,
    "AnsweredAt" TEXT NULL,
    "AnswerStopped" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_hash_dispute_filings_hash_disputes_CaseId" FOREIGN KEY ("CaseId") REFERENCES "hash_disputes" ("Id") ON DELETE CASCADE
);


CREATE TABLE "block_subscriptions" (
    "PartnerId" TEXT NOT NULL CONSTRAINT "PK_block_subscriptions" PRIMARY KEY,
    "OpenedBy" TEXT NOT NULL,
    "OpenedAt" TEXT NOT NULL,
    "ClosedAt" TEXT NULL,
    "HasVersion" INTEGER NULL,
    "FetchedAt" TEXT NULL,
    CONSTRAINT "FK_block_subscriptions_hash_partners_PartnerId" FOREIGN KEY ("PartnerId") REFERENCES "hash_partners" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hash_correction_desks" (
    "PartnerId" TEXT NOT NULL CONSTRAINT "PK_hash_correction_desks" PRIMARY KEY,
    "Mail" TEXT NULL,
    "ToldUpTo" INTEGER NOT NULL,
    "Letter" TEXT NULL,
    "LetterUpTo" INTEGER NOT NULL,
    "LetterRecords" INTEGER NOT NULL,
    "StoppedBecause" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_hash_correction_desks_hash_partners_PartnerId" FOREIGN KEY ("PartnerId") REFERENCES "hash_partners" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hash_lists" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_hash_lists" PRIMARY KEY,
    "PartnerId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Jurisdiction" TEXT NOT NULL,
    "Kinds" INTEGER NOT NULL,
    "Classes" TEXT NOT NULL,
    "OpenedBy" TEXT NOT NULL,
    "OpenedAt" TEXT NOT NULL,
    "ClosedAt" TEXT NULL,
    "LastNumber" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_hash_lists_hash_partners_PartnerId" FOREIGN KEY ("PartnerId") REFERENCES "hash_partners" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hash_range_uses" (
    "PartnerId" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Epoch" INTEGER NOT NULL,
    "Sketch" BLOB NOT NULL,
    "Asked" INTEGER NOT NULL,
    "Allowed" INTEGER NOT NULL,
    CONSTRAINT "PK_hash_range_uses" PRIMARY KEY ("PartnerId", "Kind", "Epoch"),
    CONSTRAINT "FK_hash_range_uses_hash_partners_PartnerId" FOREIGN KEY ("PartnerId") REFERENCES "hash_partners" ("Id") ON DELETE CASCADE
);


CREATE TABLE "further_hashes" (
    "RecordId" INTEGER NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Value" BLOB NOT NULL,
    "Quality" INTEGER NULL,
    "Name" TEXT NULL,
    CONSTRAINT "PK_further_hashes" PRIMARY KEY ("RecordId", "Kind", "Ordinal"),
    CONSTRAINT "FK_further_hashes_hash_records_RecordId" FOREIGN KEY ("RecordId") REFERENCES "hash_records" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hash_distinct_pairs" (
    "Earlier" INTEGER NOT NULL,
    "Later" INTEGER NOT NULL,
    "FoundBy" TEXT NOT NULL,
    "FoundAt" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    CONSTRAINT "PK_hash_distinct_pairs" PRIMARY KEY ("Earlier", "Later"),
    CONSTRAINT "FK_hash_distinct_pairs_hash_records_Earlier" FOREIGN KEY ("Earlier") REFERENCES "hash_records" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_hash_distinct_pairs_hash_records_Later" FOREIGN KEY ("Later") REFERENCES "hash_records" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "hash_merges" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_hash_merges" PRIMARY KEY,
    "Survivor" INTEGER NOT NULL,
    "Merged" INTEGER NOT NULL,
    "State" INTEGER NOT NULL,
    "ProposedBy" TEXT NOT NULL,
    "ProposedAt" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "DecidedBy" TEXT NULL,
    "DecidedAt" TEXT NULL,
    "DecidedChange" INTEGER NULL,
    "DecidedStatement" INTEGER NULL,
    "DeclinedBecause" TEXT NULL,
    "UndoneBy" TEXT NULL,
    "UndoneAt" TEXT NULL,
    "UndoneChange" INTEGER NULL,
    "UndoneBecause" TEXT NULL,
    "Brought" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_hash_merges_hash_records_Merged" FOREIGN KEY ("Merged") REFERENCES "hash_records" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_hash_merges_hash_records_Survivor" FOREIGN KEY ("Survivor") REFERENCES "hash_records" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "hash_quarantines" (
    "RecordId" INTEGER NOT NULL CONSTRAINT "PK_hash_quarantines" PRIMARY KEY,
    "Since" TEXT NOT NULL,
    "Hits" INTEGER NOT NULL,
    "Busiest" INTEGER NOT NULL,
    CONSTRAINT "FK_hash_quarantines_hash_records_RecordId" FOREIGN KEY ("RecordId") REFERENCES "hash_records" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hash_imports" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_hash_imports" PRIMARY KEY,
    "SourceId" INTEGER NOT NULL,
    "Format" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Fingerprint" BLOB NOT NULL,
    "Length" INTEGER NULL,
    "StartedAt" TEXT NOT NULL,
    "LastAt" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Place" INTEGER NOT NULL,
    "BytesRead" INTEGER NOT NULL,
    "MarkLength" INTEGER NOT NULL,
    "MarkDigest" BLOB NULL,
    "StoodBefore" INTEGER NOT NULL,
    "Withdrawn" INTEGER NOT NULL,
    "ReleasedBy" TEXT NULL,
    "ReportLength" INTEGER NOT NULL,
    "Problem" TEXT NULL,
    "Counts_Completed" INTEGER NOT NULL,
    "Counts_Contradicting" INTEGER NOT NULL,
    "Counts_Joined" INTEGER NOT NULL,
    "Counts_New" INTEGER NOT NULL,
    "Counts_Refused" INTEGER NOT NULL,
    "Counts_Same" INTEGER NOT NULL,
    "Counts_TakenBack" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_hash_imports_hash_sources_SourceId" FOREIGN KEY ("SourceId") REFERENCES "hash_sources" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hash_sample_groups" (
    "SampleId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "SourceId" INTEGER NOT NULL,
    "Assessor" TEXT NULL,
    "Population" INTEGER NOT NULL,
    "Size" INTEGER NOT NULL,
    CONSTRAINT "PK_hash_sample_groups" PRIMARY KEY ("SampleId", "Number"),
    CONSTRAINT "FK_hash_sample_groups_hash_samples_SampleId" FOREIGN KEY ("SampleId") REFERENCES "hash_samples" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_hash_sample_groups_hash_sources_SourceId" FOREIGN KEY ("SourceId") REFERENCES "hash_sources" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hash_statements" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_hash_statements" PRIMARY KEY,
    "SourceId" INTEGER NOT NULL,
    "By" TEXT NULL,
    "At" TEXT NOT NULL,
    "Reason" TEXT NULL,
    "SourceItem" TEXT NULL,
    "SourceEvidence" TEXT NULL,
    "Import" TEXT NULL,
    "Records" INTEGER NOT NULL,
    "Digest" BLOB NULL,
    CONSTRAINT "FK_hash_statements_hash_sources_SourceId" FOREIGN KEY ("SourceId") REFERENCES "hash_sources" ("Id") ON DELETE CASCADE
);


CREATE TABLE "abuse_desk_waits" (
    "DeskId" TEXT NOT NULL,
    "ItemId" TEXT NOT NULL,
    "Since" TEXT NOT NULL,
    CONSTRAINT "PK_abuse_desk_waits" PRIMARY KEY ("DeskId", "ItemId"),
    CONSTRAINT "FK_abuse_desk_waits_abuse_desks_DeskId" FOREIGN KEY ("DeskId") REFERENCES "abuse_desks" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_abuse_desk_waits_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "blocked_items" (
    "EntryId" TEXT NOT NULL,
    "ItemId" TEXT NOT NULL,
    "Notices" INTEGER NOT NULL,
    "FirstNoticeAt" TEXT NOT NULL,
    "LastNoticeAt" TEXT NOT NULL,
    CONSTRAINT "PK_blocked_items" PRIMARY KEY ("EntryId", "ItemId"),
    CONSTRAINT "FK_blocked_items_blocked_domains_EntryId" FOREIGN KEY ("EntryId") REFERENCES "blocked_domains" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_blocked_items_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "capture_runs" (
    "ItemId" TEXT NOT NULL,
    "Attempt" INTEGER NOT NULL,
    "StartedAt" TEXT NOT NULL,
    "FinishedAt" TEXT NOT NULL,
    "Failure" TEXT NULL,
    "Objects" INTEGER NOT NULL,
    "Marked" INTEGER NOT NULL,
    "Missed" TEXT NOT NULL,
    "Tool" TEXT NOT NULL,
    CONSTRAINT "PK_capture_runs" PRIMARY KEY ("ItemId", "Attempt"),
    CONSTRAINT "FK_capture_runs_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "case_keys" (
    "ItemId" TEXT NOT NULL CONSTRAINT "PK_case_keys" PRIMARY KEY,
    "Wrapped" BLOB NULL,
    "MadeAt" TEXT NOT NULL,
    "DestroyedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_case_keys_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "evidence_destructions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_evidence_destructions" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "ProposedBy" TEXT NOT NULL,
    "ProposedAt" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "DecidedBy" TEXT NULL,
    "DecidedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_evidence_destructions_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "evidence_objects" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_evidence_objects" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Source" TEXT NULL,
    "DerivedFrom" TEXT NULL,
    "ClaimedMediaType" TEXT NULL,
    "Size" INTEGER NOT NULL,
    "Sha256" BLOB NOT NULL,
    "SealedSize" INTEGER NOT NULL,
    "SealedSha256" BLOB NOT NULL,
    "WrappedKey" BLOB NOT NULL,
    "Marks" TEXT NOT NULL,
    "CapturedAt" TEXT NOT NULL,
    "Tool" TEXT NOT NULL,
    CONSTRAINT "FK_evidence_objects_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "follow_ups" (
    "ItemId" TEXT NOT NULL CONSTRAINT "PK_follow_ups" PRIMARY KEY,
    "NoticeAt" TEXT NOT NULL,
    "Checks" INTEGER NOT NULL,
    "LastCheckAt" TEXT NULL,
    "LastSighting" TEXT NULL,
    "MissesInRow" INTEGER NOT NULL,
    "FirstMissAt" TEXT NULL,
    "UnreachableInRow" INTEGER NOT NULL,
    "Reminders" INTEGER NOT NULL,
    "LastNoticeAt" TEXT NOT NULL,
    "NextCheckAt" TEXT NULL,
    "RemovedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_follow_ups_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hosting_traces" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_hosting_traces" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "Outcome" TEXT NOT NULL,
    "Rule" TEXT NULL,
    "Host" TEXT NOT NULL,
    "OfOtherHost" INTEGER NOT NULL,
    "CanonicalName" TEXT NULL,
    "Address" TEXT NULL,
    "Addresses" TEXT NULL,
    "Dns" TEXT NOT NULL,
    "Country" TEXT NULL,
    "CountryConfidence" TEXT NULL,
    "CountriesDiffer" INTEGER NOT NULL,
    "NetworkHandle" TEXT NULL,
    "NetworkName" TEXT NULL,
    "NetworkRange" TEXT NULL,
    "Asn" INTEGER NULL,
    "Holder" TEXT NULL,
    "AbuseMail" TEXT NULL,
    "OtherAbuseMails" TEXT NULL,
    "RegisteredName" TEXT NULL,
    "Registrar" TEXT NULL,
    "RegistrarMail" TEXT NULL,
    "DeliveryNetwork" TEXT NULL,
    "Origin" TEXT NULL,
    "MovedFrom" TEXT NULL,
    CONSTRAINT "FK_hosting_traces_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hotline_hand_overs" (
    "ItemId" TEXT NOT NULL CONSTRAINT "PK_hotline_hand_overs" PRIMARY KEY,
    "Reference" TEXT NOT NULL,
    "Country" TEXT NOT NULL,
    "BegunAt" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "EndedAt" TEXT NULL,
    "PartnerReport" INTEGER NULL,
    "Addresses" INTEGER NOT NULL,
    "Problem" TEXT NULL,
    CONSTRAINT "FK_hotline_hand_overs_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "media_findings" (
    "EvidenceId" TEXT NOT NULL CONSTRAINT "PK_media_findings" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Verdict" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Mark" TEXT NULL,
    "Width" INTEGER NULL,
    "Height" INTEGER NULL,
    "SizeBytes" INTEGER NOT NULL,
    "RecordId" INTEGER NULL,
    "Distance" INTEGER NULL,
    "HintId" INTEGER NULL,
    "Md5" TEXT NOT NULL,
    "Sha1" TEXT NOT NULL,
    "Sha256" TEXT NOT NULL,
    "Pdq" TEXT NULL,
    "PdqQuality" INTEGER NULL,
    "SmallPreview" TEXT NULL,
    "LargePreview" TEXT NULL,
    "FoundAt" TEXT NOT NULL,
    CONSTRAINT "FK_media_findings_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "queue_entries" (
    "ItemId" TEXT NOT NULL CONSTRAINT "PK_queue_entries" PRIMARY KEY,
    "Stage" TEXT NOT NULL,
    "Priority" INTEGER NOT NULL,
    "Reasons" TEXT NOT NULL,
    "WaitingSince" TEXT NOT NULL,
    "FirstReader" TEXT NULL,
    "SecondReader" TEXT NULL,
    "ClaimedBy" TEXT NULL,
    "ClaimedAt" TEXT NULL,
    "DoneAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_queue_entries_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "readings" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_readings" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Reader" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "SchemeVersion" TEXT NOT NULL,
    "PageLabels" TEXT NOT NULL,
    "MediaLabels" TEXT NOT NULL,
    CONSTRAINT "FK_readings_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "reports" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_reports" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "FiledAt" TEXT NOT NULL,
    "Channel" TEXT NOT NULL,
    "Concern" TEXT NOT NULL,
    "Language" TEXT NOT NULL,
    "Line" INTEGER NOT NULL,
    "AsTyped" TEXT NOT NULL,
    "Details" TEXT NULL,
    "Doubt" TEXT NULL,
    "ReceiptHash" BLOB NOT NULL,
    CONSTRAINT "FK_reports_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "road_stops" (
    "ItemId" TEXT NOT NULL,
    "Station" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    CONSTRAINT "PK_road_stops" PRIMARY KEY ("ItemId", "Station"),
    CONSTRAINT "FK_road_stops_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "notices" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_notices" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "LetterId" TEXT NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Reminder" INTEGER NOT NULL,
    "Chain" TEXT NOT NULL,
    "Number" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "Recipient" TEXT NOT NULL,
    "Provider" TEXT NULL,
    "CountryCode" TEXT NULL,
    "Classification" TEXT NOT NULL,
    "SentAt" TEXT NULL,
    "StoppedAt" TEXT NULL,
    "StoppedBecause" TEXT NULL,
    CONSTRAINT "FK_notices_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_notices_notice_letters_LetterId" FOREIGN KEY ("LetterId") REFERENCES "notice_letters" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hash_canary_sightings" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_hash_canary_sightings" PRIMARY KEY,
    "ListId" TEXT NOT NULL,
    "AskedBy" TEXT NOT NULL,
    "FirstAt" TEXT NOT NULL,
    "LastAt" TEXT NOT NULL,
    "Times" INTEGER NOT NULL,
    "SettledAt" TEXT NULL,
    "SettledBy" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_hash_canary_sightings_hash_lists_ListId" FOREIGN KEY ("ListId") REFERENCES "hash_lists" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_hash_canary_sightings_hash_partners_AskedBy" FOREIGN KEY ("AskedBy") REFERENCES "hash_partners" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hash_list_canaries" (
    "Number" INTEGER NOT NULL CONSTRAINT "PK_hash_list_canaries" PRIMARY KEY,
    "ListId" TEXT NOT NULL,
    "Class" TEXT NULL,
    CONSTRAINT "FK_hash_list_canaries_hash_lists_ListId" FOREIGN KEY ("ListId") REFERENCES "hash_lists" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hash_list_versions" (
    "ListId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Since" INTEGER NULL,
    "UpToChange" INTEGER NOT NULL,
    "MadeAt" TEXT NOT NULL,
    "ValidUntil" TEXT NOT NULL,
    "Records" INTEGER NOT NULL,
    "Withdrawn" INTEGER NOT NULL,
    "Bytes" INTEGER NOT NULL,
    "Sha256" BLOB NOT NULL,
    "RemovedAt" TEXT NULL,
    CONSTRAINT "PK_hash_list_versions" PRIMARY KEY ("ListId", "Number"),
    CONSTRAINT "FK_hash_list_versions_hash_lists_ListId" FOREIGN KEY ("ListId") REFERENCES "hash_lists" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hash_sampled_records" (
    "RecordId" INTEGER NOT NULL CONSTRAINT "PK_hash_sampled_records" PRIMARY KEY,
    "SampleId" TEXT NOT NULL,
    "Group" INTEGER NOT NULL,
    "CaseId" TEXT NOT NULL,
    CONSTRAINT "FK_hash_sampled_records_hash_disputes_CaseId" FOREIGN KEY ("CaseId") REFERENCES "hash_disputes" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_hash_sampled_records_hash_sample_groups_SampleId_Group" FOREIGN KEY ("SampleId", "Group") REFERENCES "hash_sample_groups" ("SampleId", "Number") ON DELETE CASCADE
);


CREATE TABLE "custody_events" (
    "EvidenceId" TEXT NOT NULL,
    "Seq" INTEGER NOT NULL,
    "Act" TEXT NOT NULL,
    "Actor" TEXT NOT NULL,
    "Action" TEXT NOT NULL,
    "Purpose" TEXT NOT NULL,
    "Tool" TEXT NOT NULL,
    "Workstation" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "ContentSha256" BLOB NOT NULL,
    "SealedSha256" BLOB NOT NULL,
    "PreviousHash" BLOB NOT NULL,
    "Hash" BLOB NOT NULL,
    CONSTRAINT "PK_custody_events" PRIMARY KEY ("EvidenceId", "Seq"),
    CONSTRAINT "FK_custody_events_evidence_objects_EvidenceId" FOREIGN KEY ("EvidenceId") REFERENCES "evidence_objects" ("Id") ON DELETE CASCADE
);


CREATE TABLE "routing_decisions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_routing_decisions" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "Rule" TEXT NOT NULL,
    "Acts" TEXT NOT NULL,
    "Country" TEXT NULL,
    "TraceId" TEXT NULL,
    "DecidedBy" TEXT NULL,
    "Reason" TEXT NULL,
    CONSTRAINT "FK_routing_decisions_hosting_traces_TraceId" FOREIGN KEY ("TraceId") REFERENCES "hosting_traces" ("Id"),
    CONSTRAINT "FK_routing_decisions_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE
);


CREATE TABLE "trace_answers" (
    "TraceId" TEXT NOT NULL,
    "Hash" BLOB NOT NULL,
    "Source" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "Size" INTEGER NOT NULL,
    "Packed" BLOB NOT NULL,
    CONSTRAINT "PK_trace_answers" PRIMARY KEY ("TraceId", "Hash"),
    CONSTRAINT "FK_trace_answers_hosting_traces_TraceId" FOREIGN KEY ("TraceId") REFERENCES "hosting_traces" ("Id") ON DELETE CASCADE
);


CREATE TABLE "trace_facts" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_trace_facts" PRIMARY KEY AUTOINCREMENT,
    "TraceId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Value" TEXT NOT NULL,
    "Source" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "AnswerHash" BLOB NULL,
    "Confidence" TEXT NOT NULL,
    CONSTRAINT "FK_trace_facts_hosting_traces_TraceId" FOREIGN KEY ("TraceId") REFERENCES "hosting_traces" ("Id") ON DELETE CASCADE
);


CREATE TABLE "notice_answers" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_notice_answers" PRIMARY KEY,
    "NoticeId" TEXT NOT NULL,
    "ItemId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "Channel" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Status" TEXT NULL,
    "Text" TEXT NULL,
    "Statement" TEXT NULL,
    "Origin" BLOB NOT NULL,
    "Times" INTEGER NOT NULL,
    "LastAt" TEXT NULL,
    "RefutedAt" TEXT NULL,
    "ReadAt" TEXT NULL,
    "ReadBy" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_notice_answers_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_notice_answers_notices_NoticeId" FOREIGN KEY ("NoticeId") REFERENCES "notices" ("Id") ON DELETE CASCADE
);


CREATE TABLE "hash_list_downloads" (
    "ListId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "FirstAt" TEXT NOT NULL,
    "LastAt" TEXT NOT NULL,
    "Requests" INTEGER NOT NULL,
    "Bytes" INTEGER NOT NULL,
    "WholeAt" TEXT NULL,
    CONSTRAINT "PK_hash_list_downloads" PRIMARY KEY ("ListId", "Number"),
    CONSTRAINT "FK_hash_list_downloads_hash_list_versions_ListId_Number" FOREIGN KEY ("ListId", "Number") REFERENCES "hash_list_versions" ("ListId", "Number") ON DELETE CASCADE
);


CREATE TABLE "police_packages" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_police_packages" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "DecisionId" TEXT NOT NULL,
    "Unit" TEXT NOT NULL,
    "IsUrgent" INTEGER NOT NULL,
    "Reference" TEXT NOT NULL,
    "OrderedAt" TEXT NOT NULL,
    "SealedAt" TEXT NULL,
    "Objects" INTEGER NOT NULL,
    "Parts" INTEGER NOT NULL,
    "Size" INTEGER NOT NULL,
    "Certificate" TEXT NULL,
    "StampedAt" TEXT NULL,
    "NotifiedAt" TEXT NULL,
    "StoppedAt" TEXT NULL,
    "StoppedBecause" TEXT NULL,
    "Fetches" INTEGER NOT NULL,
    "PhonedAt" TEXT NULL,
    "PhonedBy" TEXT NULL,
    "PhoneNote" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_police_packages_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_police_packages_routing_decisions_DecisionId" FOREIGN KEY ("DecisionId") REFERENCES "routing_decisions" ("Id") ON DELETE CASCADE
);


CREATE TABLE "police_answers" (
    "PackageId" TEXT NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "CaseNumber" TEXT NULL,
    "Outcome" TEXT NULL,
    "Note" TEXT NULL,
    "SeenAt" TEXT NULL,
    "SeenBy" TEXT NULL,
    CONSTRAINT "PK_police_answers" PRIMARY KEY ("PackageId", "Ordinal"),
    CONSTRAINT "FK_police_answers_police_packages_PackageId" FOREIGN KEY ("PackageId") REFERENCES "police_packages" ("Id") ON DELETE CASCADE
);


CREATE TABLE "police_package_fetches" (
    "PackageId" TEXT NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Part" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "Sha256" TEXT NOT NULL,
    "From" INTEGER NOT NULL,
    "To" INTEGER NOT NULL,
    "IsRest" INTEGER NOT NULL,
    CONSTRAINT "PK_police_package_fetches" PRIMARY KEY ("PackageId", "Ordinal"),
    CONSTRAINT "FK_police_package_fetches_police_packages_PackageId" FOREIGN KEY ("PackageId") REFERENCES "police_packages" ("Id") ON DELETE CASCADE
);


CREATE TABLE "police_package_parts" (
    "PackageId" TEXT NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "FileName" TEXT NOT NULL,
    "Objects" INTEGER NOT NULL,
    "Size" INTEGER NOT NULL,
    "Sha256" TEXT NOT NULL,
    "BagSha256" TEXT NOT NULL,
    "Stamp" BLOB NULL,
    "StampedAt" TEXT NULL,
    "StampedBy" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_police_package_parts" PRIMARY KEY ("PackageId", "Ordinal"),
    CONSTRAINT "FK_police_package_parts_police_packages_PackageId" FOREIGN KEY ("PackageId") REFERENCES "police_packages" ("Id") ON DELETE CASCADE
);


CREATE TABLE "police_package_receipts" (
    "PackageId" TEXT NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Part" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "Sha256" TEXT NOT NULL,
    "Matches" INTEGER NOT NULL,
    CONSTRAINT "PK_police_package_receipts" PRIMARY KEY ("PackageId", "Ordinal"),
    CONSTRAINT "FK_police_package_receipts_police_packages_PackageId" FOREIGN KEY ("PackageId") REFERENCES "police_packages" ("Id") ON DELETE CASCADE
);


CREATE TABLE "preservation_requests" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_preservation_requests" PRIMARY KEY,
    "PackageId" TEXT NOT NULL,
    "ItemId" TEXT NOT NULL,
    "Number" TEXT NOT NULL,
    "Provider" TEXT NOT NULL,
    "Recipient" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "SentAt" TEXT NULL,
    "StoppedAt" TEXT NULL,
    "StoppedBecause" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_preservation_requests_items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_preservation_requests_police_packages_PackageId" FOREIGN KEY ("PackageId") REFERENCES "police_packages" ("Id") ON DELETE CASCADE
);


INSERT INTO "hash_bank_head" ("Id", "Bank", "Changes", "Classifications", "Records", "Statements")
VALUES (1, NULL, 0, 0, 0, 0);
SELECT changes();



INSERT INTO "hash_cluster_head" ("Id", "Followed")
VALUES (1, 0);
SELECT changes();



INSERT INTO "hash_sources" ("Id", "Code", "Name", "Standing", "Trust", "TrustAppliedTo")
VALUES (1, 'house', 'Egida', 0, 1, NULL);
SELECT changes();



CREATE INDEX "IX_abuse_desk_waits_ItemId" ON "abuse_desk_waits" ("ItemId");


CREATE UNIQUE INDEX "IX_abuse_desks_RegistryMail_HolderKey" ON "abuse_desks" ("RegistryMail", "HolderKey");


CREATE INDEX "IX_abuse_desks_State_ProposedAt" ON "abuse_desks" ("State", "ProposedAt");


CREATE INDEX "IX_AspNetUserClaims_UserId" ON "AspNetUserClaims" ("UserId");


CREATE INDEX "IX_AspNetUserLogins_UserId" ON "AspNetUserLogins" ("UserId");


CREATE INDEX "EmailIndex" ON "AspNetUsers" ("NormalizedEmail");


CREATE UNIQUE INDEX "UserNameIndex" ON "AspNetUsers" ("NormalizedUserName");


CREATE INDEX "IX_audit_entries_Action" ON "audit_entries" ("Action");


CREATE INDEX "IX_audit_entries_Subject" ON "audit_entries" ("Subject");


CREATE INDEX "IX_block_appeals_DecidedAt_DecideDue" ON "block_appeals" ("DecidedAt", "DecideDue");


CREATE INDEX "IX_block_appeals_EntryId" ON "block_appeals" ("EntryId");


CREATE INDEX "IX_block_appeals_FiledAt" ON "block_appeals" ("FiledAt") WHERE NOT "IsAboveBrake";


CREATE UNIQUE INDEX "IX_block_appeals_Number" ON "block_appeals" ("Number");


CREATE UNIQUE INDEX "IX_block_appeals_ReceiptHash" ON "block_appeals" ("ReceiptHash");


CREATE INDEX "IX_blocked_domains_AddedIn" ON "blocked_domains" ("AddedIn");


CREATE UNIQUE INDEX "IX_blocked_domains_Domain" ON "blocked_domains" ("Domain") WHERE "EndedAt" IS NULL;


CREATE UNIQUE INDEX "IX_blocked_domains_Number" ON "blocked_domains" ("Number");


CREATE UNIQUE INDEX "IX_blocked_domains_Position" ON "blocked_domains" ("Position");


CREATE INDEX "IX_blocked_domains_RemovedIn" ON "blocked_domains" ("RemovedIn");


CREATE INDEX "IX_blocked_domains_State_ReviewBy" ON "blocked_domains" ("State", "ReviewBy");


CREATE INDEX "IX_blocked_items_ItemId" ON "blocked_items" ("ItemId");


CREATE INDEX "IX_custody_events_At" ON "custody_events" ("At");


CREATE INDEX "IX_derived_outcomes_ItemId_Scheme" ON "derived_outcomes" ("ItemId", "Scheme");


CREATE INDEX "IX_domain_rules_Domain_Kind_EndedAt" ON "domain_rules" ("Domain", "Kind", "EndedAt");


CREATE INDEX "IX_events_AuditSeq" ON "events" ("AuditSeq");


CREATE INDEX "IX_events_Subject" ON "events" ("Subject");


CREATE INDEX "IX_events_Type_At" ON "events" ("Type", "At");


CREATE INDEX "IX_evidence_destructions_ItemId_State" ON "evidence_destructions" ("ItemId", "State");


CREATE INDEX "IX_evidence_destructions_State" ON "evidence_destructions" ("State");


CREATE INDEX "IX_evidence_objects_CapturedAt" ON "evidence_objects" ("CapturedAt");


CREATE INDEX "IX_evidence_objects_ItemId_CapturedAt" ON "evidence_objects" ("ItemId", "CapturedAt");


CREATE INDEX "IX_evidence_objects_Sha256" ON "evidence_objects" ("Sha256");


CREATE INDEX "IX_exposures_Staff_At" ON "exposures" ("Staff", "At");


CREATE INDEX "IX_follow_ups_RemovedAt" ON "follow_ups" ("RemovedAt");


CREATE INDEX "IX_hash_canary_sightings_AskedBy" ON "hash_canary_sightings" ("AskedBy");


CREATE INDEX "IX_hash_canary_sightings_ListId" ON "hash_canary_sightings" ("ListId");


CREATE UNIQUE INDEX "IX_hash_classifications_Key" ON "hash_classifications" ("Key");


CREATE INDEX "IX_hash_cluster_members_Representative_Distance" ON "hash_cluster_members" ("Representative", "Distance");


CREATE INDEX "IX_hash_clusters_Contradiction_Records_Representative" ON "hash_clusters" ("Contradiction" DESC, "Records" DESC, "Representative");


CREATE INDEX "IX_hash_dispute_filings_CaseId" ON "hash_dispute_filings" ("CaseId");


CREATE INDEX "IX_hash_dispute_filings_PartnerId_RecordId" ON "hash_dispute_filings" ("PartnerId", "RecordId");


CREATE INDEX "IX_hash_dispute_filings_Party_At" ON "hash_dispute_filings" ("Party", "At") WHERE NOT "IsAboveBrake";


CREATE UNIQUE INDEX "IX_hash_dispute_filings_ReceiptHash" ON "hash_dispute_filings" ("ReceiptHash") WHERE "ReceiptHash" IS NOT NULL;


CREATE UNIQUE INDEX "IX_hash_disputes_Named" ON "hash_disputes" ("Named") WHERE "DecidedAt" IS NULL AND "Named" IS NOT NULL;


CREATE UNIQUE INDEX "IX_hash_disputes_Number" ON "hash_disputes" ("Number");


CREATE INDEX "IX_hash_disputes_Party_PartnerId_FiledAt" ON "hash_disputes" ("Party", "PartnerId", "FiledAt");


CREATE UNIQUE INDEX "IX_hash_disputes_RecordId" ON "hash_disputes" ("RecordId") WHERE "DecidedAt" IS NULL AND "RecordId" IS NOT NULL;


CREATE INDEX "IX_hash_disputes_State_DecideDue" ON "hash_disputes" ("State", "DecideDue");


CREATE INDEX "IX_hash_disputes_State_Party_PartnerId" ON "hash_disputes" ("State", "Party", "PartnerId");


CREATE INDEX "IX_hash_distinct_pairs_Later" ON "hash_distinct_pairs" ("Later");


CREATE INDEX "IX_hash_imports_Fingerprint_SourceId" ON "hash_imports" ("Fingerprint", "SourceId");


CREATE INDEX "IX_hash_imports_SourceId" ON "hash_imports" ("SourceId");


CREATE INDEX "IX_hash_list_canaries_ListId" ON "hash_list_canaries" ("ListId");


CREATE UNIQUE INDEX "IX_hash_lists_PartnerId_Name" ON "hash_lists" ("PartnerId", "Name");


CREATE INDEX "IX_hash_merge_suggestions_By_Distance_Later" ON "hash_merge_suggestions" ("By", "Distance", "Later");


CREATE INDEX "IX_hash_merge_suggestions_Cluster" ON "hash_merge_suggestions" ("Cluster") WHERE "Cluster" IS NOT NULL;


CREATE INDEX "IX_hash_merge_suggestions_Earlier" ON "hash_merge_suggestions" ("Earlier");


CREATE INDEX "IX_hash_merges_Merged" ON "hash_merges" ("Merged");


CREATE INDEX "IX_hash_merges_Survivor" ON "hash_merges" ("Survivor");


CREATE UNIQUE INDEX "IX_hash_partners_KeyHash" ON "hash_partners" ("KeyHash");


CREATE UNIQUE INDEX "IX_hash_records_Change" ON "hash_records" ("Change");


CREATE INDEX "IX_hash_records_Id" ON "hash_records" ("Id") WHERE "IsBenign";


CREATE INDEX "IX_hash_records_MergedInto" ON "hash_records" ("MergedInto") WHERE "MergedInto" IS NOT NULL;


CREATE INDEX "IX_hash_records_State_Id" ON "hash_records" ("State", "Id");


CREATE INDEX "IX_hash_records_told_PartnerId" ON "hash_records_told" ("PartnerId");


CREATE INDEX "IX_hash_sample_groups_SourceId" ON "hash_sample_groups" ("SourceId");


CREATE UNIQUE INDEX "IX_hash_sampled_records_CaseId" ON "hash_sampled_records" ("CaseId");


CREATE INDEX "IX_hash_sampled_records_SampleId_Group" ON "hash_sampled_records" ("SampleId", "Group");


CREATE UNIQUE INDEX "IX_hash_samples_Number" ON "hash_samples" ("Number");


CREATE UNIQUE INDEX "IX_hash_sources_Code" ON "hash_sources" ("Code");


CREATE INDEX "IX_hash_statements_SourceId" ON "hash_statements" ("SourceId");


CREATE INDEX "IX_hash_statements_SourceItem" ON "hash_statements" ("SourceItem") WHERE "SourceItem" IS NOT NULL;


CREATE INDEX "IX_hosting_traces_At" ON "hosting_traces" ("At");


CREATE INDEX "IX_hosting_traces_ItemId_At" ON "hosting_traces" ("ItemId", "At");


CREATE INDEX "IX_hotline_hand_overs_BegunAt" ON "hotline_hand_overs" ("BegunAt");


CREATE UNIQUE INDEX "IX_hotline_hand_overs_Reference" ON "hotline_hand_overs" ("Reference");


CREATE INDEX "IX_inbound_domains_EntryId" ON "inbound_domains" ("EntryId");


CREATE UNIQUE INDEX "IX_inbound_domains_Source_Domain" ON "inbound_domains" ("Source", "Domain");


CREATE INDEX "IX_inbound_domains_State_ImportedAt" ON "inbound_domains" ("State", "ImportedAt");


CREATE UNIQUE INDEX "IX_items_AddressKey" ON "items" ("AddressKey");


CREATE INDEX "IX_items_ClosedAt_LastStation" ON "items" ("ClosedAt", "LastStation");


CREATE INDEX "IX_items_Host" ON "items" ("Host");


CREATE INDEX "IX_media_findings_ItemId" ON "media_findings" ("ItemId");


CREATE INDEX "IX_media_findings_RecordId" ON "media_findings" ("RecordId");


CREATE INDEX "IX_notice_answers_At" ON "notice_answers" ("At") WHERE "ReadAt" IS NULL;


CREATE INDEX "IX_notice_answers_ItemId_At" ON "notice_answers" ("ItemId", "At");


CREATE INDEX "IX_notice_answers_NoticeId" ON "notice_answers" ("NoticeId");


CREATE UNIQUE INDEX "IX_notice_answers_Origin" ON "notice_answers" ("Origin");


CREATE INDEX "IX_notice_letters_Recipient_IsReminder" ON "notice_letters" ("Recipient", "IsReminder") WHERE "ClosedAt" IS NULL;


CREATE INDEX "IX_notices_CreatedAt" ON "notices" ("CreatedAt");


CREATE UNIQUE INDEX "IX_notices_ItemId_Ordinal" ON "notices" ("ItemId", "Ordinal");


CREATE INDEX "IX_notices_LetterId" ON "notices" ("LetterId");


CREATE INDEX "IX_notices_Number" ON "notices" ("Number");


CREATE UNIQUE INDEX "IX_origin_questions_Host_Network" ON "origin_questions" ("Host", "Network");


CREATE INDEX "IX_origin_questions_State_OpenedAt" ON "origin_questions" ("State", "OpenedAt");


CREATE UNIQUE INDEX "IX_passkeys_Id" ON "passkeys" ("Id");


CREATE INDEX "IX_passkeys_UserId" ON "passkeys" ("UserId");


CREATE INDEX "IX_police_answers_SeenAt" ON "police_answers" ("SeenAt");


CREATE INDEX "IX_police_certificates_Unit_State" ON "police_certificates" ("Unit", "State");


CREATE UNIQUE INDEX "IX_police_packages_DecisionId_Unit" ON "police_packages" ("DecisionId", "Unit");


CREATE INDEX "IX_police_packages_ItemId" ON "police_packages" ("ItemId");


CREATE INDEX "IX_police_packages_OrderedAt" ON "police_packages" ("OrderedAt");


CREATE UNIQUE INDEX "IX_police_packages_Reference" ON "police_packages" ("Reference");


CREATE INDEX "IX_preservation_requests_ItemId" ON "preservation_requests" ("ItemId");


CREATE UNIQUE INDEX "IX_preservation_requests_Number" ON "preservation_requests" ("Number");


CREATE INDEX "IX_preservation_requests_PackageId" ON "preservation_requests" ("PackageId");


CREATE INDEX "IX_queue_entries_ClaimedBy" ON "queue_entries" ("ClaimedBy");


CREATE INDEX "IX_queue_entries_DoneAt_Priority_WaitingSince" ON "queue_entries" ("DoneAt", "Priority", "WaitingSince");


CREATE UNIQUE INDEX "IX_readings_ItemId_Ordinal" ON "readings" ("ItemId", "Ordinal");


CREATE UNIQUE INDEX "IX_readings_ItemId_Reader" ON "readings" ("ItemId", "Reader");


CREATE INDEX "IX_reports_FiledAt" ON "reports" ("FiledAt");


CREATE INDEX "IX_reports_ItemId" ON "reports" ("ItemId");


CREATE UNIQUE INDEX "IX_reports_ReceiptHash_ItemId" ON "reports" ("ReceiptHash", "ItemId");


CREATE INDEX "IX_road_stops_Station_At" ON "road_stops" ("Station", "At");


CREATE INDEX "IX_routing_decisions_At" ON "routing_decisions" ("At");


CREATE INDEX "IX_routing_decisions_ItemId_At" ON "routing_decisions" ("ItemId", "At");


CREATE INDEX "IX_routing_decisions_TraceId" ON "routing_decisions" ("TraceId");


CREATE INDEX "IX_spent_challenges_Staff" ON "spent_challenges" ("Staff");


CREATE INDEX "IX_staff_changes_State" ON "staff_changes" ("State");


CREATE INDEX "IX_trace_facts_TraceId" ON "trace_facts" ("TraceId");


CREATE INDEX "IX_work_DoneAt_ParkedAt_DueAt" ON "work" ("DoneAt", "ParkedAt", "DueAt");


CREATE UNIQUE INDEX "IX_work_Kind_SubjectId_Key" ON "work" ("Kind", "SubjectId", "Key");


