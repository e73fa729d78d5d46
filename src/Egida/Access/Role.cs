namespace Egida.Access;

/// <summary>What somebody is here. One person may hold several; acts that need two people always need two persons.</summary>
public enum Role
{
    IntakeOfficer,
    Analyst,
    SeniorAnalyst,
    Quality,
    WellbeingOfficer,
    PoliceLiaison,
    Operator,
    Auditor,
}
