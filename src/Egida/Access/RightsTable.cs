using static Egida.Access.Role;

namespace Egida.Access;

/// <summary>Who may do what. Nothing is allowed that isn't a line here; a test crosses this table with every route.</summary>
public static class RightsTable
{
    private static readonly Role[] Everyone = Enum.GetValues<Role>();

    private static readonly Dictionary<Right, Role[]> Holders = new()
    {
        [Right.BeHere] = Everyone,
        [Right.SeeReports] = [IntakeOfficer, Analyst, SeniorAnalyst, Quality, Auditor],
        [Right.SeeItems] = [IntakeOfficer, Analyst, SeniorAnalyst, Quality, PoliceLiaison, Auditor],
        [Right.SeeTraces] = [IntakeOfficer, Analyst, SeniorAnalyst, Quality, PoliceLiaison, Auditor],
        [Right.TraceAgain] = [IntakeOfficer, Analyst, SeniorAnalyst],
        [Right.AnswerOrigin] = [IntakeOfficer, SeniorAnalyst, PoliceLiaison],
        [Right.EditDomainRules] = [SeniorAnalyst, Quality],
        [Right.SeeEvidenceFacts] = [Analyst, SeniorAnalyst, Quality, PoliceLiaison, Auditor],
        [Right.CaptureAgain] = [Analyst, SeniorAnalyst],
        [Right.ProposeDestruction] = [SeniorAnalyst, Quality],
        [Right.DecideDestruction] = [SeniorAnalyst, Quality],
        [Right.SeeMatches] = [Analyst, SeniorAnalyst, Quality, Auditor],
        [Right.RevealMaterial] = [Analyst, SeniorAnalyst],
        [Right.SeeQueue] = [IntakeOfficer, Analyst, SeniorAnalyst, Quality],
        [Right.ClaimItem] = [Analyst, SeniorAnalyst],
        [Right.AssessItem] = [Analyst, SeniorAnalyst],
        [Right.SettleDifference] = [SeniorAnalyst],
        [Right.SeeRoutes] = [IntakeOfficer, Analyst, SeniorAnalyst, Quality, PoliceLiaison, Auditor],
        [Right.DecideRoute] = [SeniorAnalyst, PoliceLiaison],
        [Right.SeePolicePackages] = [PoliceLiaison, SeniorAnalyst, Auditor],
        [Right.FetchPolicePackage] = [PoliceLiaison],
        [Right.AnswerToHotline] = [PoliceLiaison],
        [Right.TellPolice] = [PoliceLiaison, SeniorAnalyst],
        [Right.ProposePoliceCertificate] = [PoliceLiaison, SeniorAnalyst],
        [Right.DecidePoliceCertificate] = [PoliceLiaison, SeniorAnalyst],
        [Right.ReadNoticeAnswer] = [IntakeOfficer, Analyst, SeniorAnalyst],
        [Right.SeeNotices] = [IntakeOfficer, Analyst, SeniorAnalyst, Quality, Auditor],
        [Right.SeeExchange] = [IntakeOfficer, Analyst, SeniorAnalyst, Quality, Auditor],
        [Right.SeeBlocking] = [Analyst, SeniorAnalyst, Quality, PoliceLiaison, Auditor],
        [Right.ProposeBlock] = [Analyst, SeniorAnalyst, PoliceLiaison],
        [Right.DecideBlock] = [SeniorAnalyst, Quality],
        [Right.EndBlock] = [Analyst, SeniorAnalyst, Quality, PoliceLiaison],
        [Right.DecideBlockAppeal] = [SeniorAnalyst, Quality],
        [Right.SeeHashRecords] = [Analyst, SeniorAnalyst, Quality, PoliceLiaison, Auditor],
        [Right.ConfirmHashRecord] = [SeniorAnalyst, Quality],
        [Right.SeeDisputes] = [IntakeOfficer, Analyst, SeniorAnalyst, Quality, Auditor],
        [Right.EnterDispute] = [IntakeOfficer, Analyst, SeniorAnalyst, Quality],
        [Right.DecideDispute] = [SeniorAnalyst, Quality],
        [Right.RevealDisputed] = [SeniorAnalyst, Quality],
        [Right.SeeHashSamples] = [Quality],
        [Right.DrawHashSample] = [Quality],
        [Right.SeeHashPartners] = [Quality, Operator, Auditor],
        [Right.AdmitHashPartner] = [Quality],
        [Right.SeeHashImports] = [SeniorAnalyst, Quality, Operator, Auditor],
        [Right.ReleaseHashImport] = [SeniorAnalyst, Quality],
        [Right.AdmitHashSource] = [Quality],
        [Right.SeeOwnExposure] = Everyone,
        [Right.SeeExposure] = [WellbeingOfficer],
        [Right.SeeStatistics] = Everyone,
        [Right.SeeAuditLog] = [Auditor, Quality],
        [Right.SeeStaff] = [Operator, Auditor],
        [Right.ProposeStaffChange] = [Operator],
        [Right.ApproveStaffChange] = [Operator, Auditor],
        [Right.SeeContacts] = [IntakeOfficer, Analyst, SeniorAnalyst, PoliceLiaison, Operator, Auditor],
        [Right.ApproveContact] = [IntakeOfficer, SeniorAnalyst],
        [Right.SeeWork] = [Operator, Auditor],
        [Right.RetryWork] = [Operator],
    };

    public static bool Holds(Role role, Right right) => Holders[right].Contains(role);
}
