namespace Egida.Access;

/// <summary>What can be allowed. Every staff route names exactly one; <see cref="RightsTable"/> says who holds it.</summary>
public enum Right
{
    /// <summary>Any signed-in staff member: one's own page, the style guide, the overview.</summary>
    BeHere,
    SeeReports,
    SeeItems,
    SeeTraces,
    TraceAgain,
    SeeEvidenceFacts,
    ProposeDestruction,
    DecideDestruction,
    SeeMatches,
    RevealMaterial,
    SeeQueue,
    ClaimItem,
    AssessItem,
    SettleDifference,
    SeeRoutes,
    DecideRoute,
    SeePolicePackages,
    FetchPolicePackage,
    SeeNotices,
    SeeExchange,
    SeeHashRecords,
    ConfirmHashRecord,
    SeeOwnExposure,
    SeeExposure,
    SeeStatistics,
    SeeAuditLog,
    SeeStaff,
    ProposeStaffChange,
    ApproveStaffChange,
    SeeContacts,
    SeeWork,
    RetryWork,
}
