using Egida.Access;
using Egida.HashBank.Clusters;
using Egida.HashBank.Disputes;
using Egida.HashBank.Exports;
using Egida.HashBank.Imports;
using Egida.HashBank.Imports.Formats;
using Egida.HashBank.Imports.Sources;
using Egida.HashBank.Imports.Sources.Health;
using Egida.HashBank.Index;
using Egida.HashBank.Lists;
using Egida.HashBank.Merging;
using Egida.HashBank.Nodes;
using Egida.HashBank.Partners;
using Egida.HashBank.Sampling;
using Egida.HashBank.Suggestions;
using Egida.Platform.Web;

namespace Egida.HashBank;

/// <summary>The national hash database: records, what is said about them, look-ups.</summary>
public static class HashBankFeature
{
    public static IServiceCollection AddHashBank(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<BankIndex>()
        .AddScoped<BankSearch>()
        .AddScoped<Lookup>()
        .AddScoped<RecordBook>()
        .AddScoped<SpeakAgainst>()
        .AddScoped<ProposeHashRecord>()
        .AddScoped<ConfirmHashRecord>()
        .AddScoped<DisputeHashRecord>()
        .AddScoped<WithdrawHashRecord>()
        .AddScoped<MarkCollisionProne>()
        .AddScoped<PutOnNegativeList>()
        .AddScoped<ListNegatives>()
        .AddScoped<FindByPicture>()
        .AddPartners()
        .AddDisputes()
        .AddMerging()
        .AddClusters()
        .AddSuggestions()
        .AddHashSampling()
        .AddSourceHealth()
        .AddImportFormats()
        .AddHashFeeds(configuration)
        .AddHashExports()
        .AddImports()
        .AddLists(configuration)
        .AddHostedService<TermsAtStart>()
        .AddSingleton(provider => new StaffDuty(60, "HashRecords", "/staff/hash-bank?state=Proposed", Right.ConfirmHashRecord, (db, staff, _, cancellation) =>
            WaitingRecords.CountFor(staff, db, new BlindTo(db, provider.GetRequiredService<EarlierReaders>()), cancellation)))
        .AddSingleton(provider => new StaffFinder(Right.SeeHashRecords, (db, typed, cancellation) =>
            FindHashRecord.Finder(new BankSearch(db, provider.GetRequiredService<BankIndex>()), typed, cancellation)))
        .AddNavigation(110, "HashBank", "/staff/hash-bank", Right.SeeHashRecords);

    public static IEndpointRouteBuilder MapHashBank(this IEndpointRouteBuilder routes)
    {
        routes.MapNodes();
        var bank = routes.MapStaff("/hash-bank");
        bank.MapGet("", ListHashRecords.Get).RequireRight(Right.SeeHashRecords);
        bank.MapPost("/picture", FindByPicture.Post).RequireRight(Right.SeeHashRecords).WithMetadata(new PictureFormMetadata());
        bank.MapGet("/negative-list", PutOnNegativeList.Get).RequireRight(Right.ConfirmHashRecord);
        bank.MapImports();
        bank.MapPost("/negative-list", PutOnNegativeList.Post).RequireRight(Right.ConfirmHashRecord);
        Disputing.Map(routes, bank);
        bank.MapMerging();
        bank.MapSuggestions();
        bank.MapClusters();
        bank.MapSampling();
        bank.MapSourceHealth();
        routes.MapLists(bank);
        // Whoever comes by the number of a record that was merged is led to the one that stands for it. Whoever may still have to judge a record anew sees none of its
        // pages until it is decided.
        var record = bank.MapGroup("/{recordId}").AddEndpointFilter(MergedRecords.LeadOn).AddEndpointFilter(BlindTo.Filter);
        record.MapGet("", ShowHashRecord.Get).RequireRight(Right.SeeHashRecords);
        record.MapPost("/confirm", ConfirmHashRecord.Post).RequireRight(Right.ConfirmHashRecord);
        record.MapPost("/dispute", DisputeHashRecord.Post).RequireRight(Right.SeeHashRecords);
        record.MapPost("/withdraw", WithdrawHashRecord.Post).RequireRight(Right.ConfirmHashRecord);
        record.MapPost("/collision-prone", MarkCollisionProne.Post).RequireRight(Right.ConfirmHashRecord);
        return routes.MapPartners();
    }
}
