using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Egida.Simulators;

/// <summary>What ICCAM requires of the bodies sent to it: field name → objections, empty if there are none.</summary>
internal static class IccamCheck
{
    private static readonly string[] Flags = ["virtualContentCategorization", "userGeneratedContentCategorization", "childModelingCategorization"];

    public static Dictionary<string, string[]> Report(JsonElement body)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Required(body, "reportingAnalystName", errors);
        Required(body, "hotlineReference", errors);
        Date(body, "hotlineReceivedDate", errors);
        Code(body, "sourceUrlSiteType", "site-types", errors);
        Code(body, "sourceUrlCommerciality", "commercialities", errors);
        if (!body.TryGetProperty("sourceUrlPaymentMethods", out var payments) || payments.ValueKind != JsonValueKind.Array
            || payments.EnumerateArray().Any(payment => Number(payment) is not { } id || !IccamLists.Knows("payment-methods", id)))
            errors["sourceUrlPaymentMethods"] = ["must be a list of known ids"];
        if (!body.TryGetProperty("urls", out var urls) || urls.ValueKind != JsonValueKind.Array || urls.GetArrayLength() == 0)
        {
            errors["urls"] = ["must hold at least one address"];
            return errors;
        }

        var number = 0;
        foreach (var url in urls.EnumerateArray())
            Prefixed(errors, $"urls[{number++}].", Url(url));
        if (urls.EnumerateArray().Count(url => url.TryGetProperty("isSourceUrl", out var source) && source.ValueKind == JsonValueKind.True) != 1)
            errors["urls"] = ["exactly one must be the source address"];
        return errors;
    }

    public static Dictionary<string, string[]> Assessment(JsonElement body)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Required(body, "assessingAnalystName", errors);
        Code(body, "classification", "classifications", errors);
        Code(body, "ageCategorization", "age-categories", errors);
        Code(body, "genderCategorization", "gender-categories", errors);
        foreach (var flag in Flags)
        {
            if (!body.TryGetProperty(flag, out var value) || Number(value) is not (0 or 1))
                errors[flag] = ["must be 0 or 1"];
        }

        return errors;
    }

    public static Dictionary<string, string[]> Action(JsonElement body, IccamContent content)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Required(body, "actioningAnalystName", errors);
        Date(body, "actionDate", errors);
        Code(body, "actionType", "action-types", errors);
        var type = body.TryGetProperty("actionType", out var value) ? Number(value) : null;
        if (type > 3 && (!body.TryGetProperty("reasonId", out var reason) || Number(reason) is not (>= 1 and <= 21)))
            errors["reasonId"] = ["is required for this action, from 1 to 21"];
        if (type <= 3 && body.TryGetProperty("reasonId", out var none) && none.ValueKind != JsonValueKind.Null)
            errors["reasonId"] = ["this action carries no reason"];
        var done = content.Actions.Select(action => Number(action.GetProperty("actionType"))).ToArray();
        if (done.Contains(type))
            errors["actionType"] = ["this action was recorded before"];
        else if (done.Any(before => before is 3 or 4 or 6))
            errors["actionType"] = ["a final action was recorded before"];
        if (content.AssignedCountryCode != "PL")
            errors["assignedCountryCode"] = ["only the hotline of the assigned country may record actions"];
        return errors;
    }

    private static Dictionary<string, string[]> Url(JsonElement url)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Required(url, "urlString", errors);
        Required(url, "hotlineReference", errors);
        if (url.Text("hostingCountryCode") is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
            errors["hostingCountryCode"] = ["must be two capital letters"];
        if (url.Text("hostingIpAddress") is { Length: > 0 } address && !IPAddress.TryParse(address, out _))
            errors["hostingIpAddress"] = ["isn't an IP address"];
        if (!url.TryGetProperty("isSourceUrl", out var source) || source.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            errors["isSourceUrl"] = ["must be true or false"];
        var type = url.TryGetProperty("contentType", out var value) ? Number(value) : null;
        if (type is not (1 or 2))
            errors["contentType"] = ["must be 1 (media) or 2 (website)"];
        var assessed = url.TryGetProperty("assessment", out var assessment) && assessment.ValueKind == JsonValueKind.Object;
        if (assessed)
            Prefixed(errors, "assessment.", Assessment(assessment));
        else if (type == 1)
            errors["assessment"] = ["media must be assessed"];
        return errors;
    }

    private static void Required(JsonElement body, string field, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrWhiteSpace(body.Text(field)))
            errors[field] = ["is required"];
    }

    private static void Code(JsonElement body, string field, string list, Dictionary<string, string[]> errors)
    {
        if (!body.TryGetProperty(field, out var value) || Number(value) is not { } id || !IccamLists.Knows(list, id))
            errors[field] = [$"must be an id of {list}"];
    }

    private static void Date(JsonElement body, string field, Dictionary<string, string[]> errors)
    {
        if (body.Text(field) is not { } text || !text.EndsWith('Z')
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            errors[field] = ["must be a UTC time that ends in Z"];
    }

    private static int? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static void Prefixed(Dictionary<string, string[]> errors, string prefix, Dictionary<string, string[]> more)
    {
        foreach (var (field, texts) in more)
            errors[prefix + field] = texts;
    }
}
