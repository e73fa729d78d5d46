using Microsoft.AspNetCore.Components;

namespace Egida.Platform.Web;

/// <summary>Base of every page and part of a page: <c>@inherits EgidaComponent</c>, then <c>@T("feature.key")</c>.</summary>
public abstract class EgidaComponent : ComponentBase
{
    [Inject]
    protected Words Words { get; set; } = null!;

    [Inject]
    internal LoadingTurn Turn { get; set; } = null!;

    protected string T(string key, params object?[] arguments) => Words.Of(key, arguments);

    /// <summary>
    /// Parts of one page load side by side, but they share the request's database context, and that answers one question at a time
    /// (PostgreSQL throws otherwise; SQLite never shows it). So each part loads when the one before has.
    /// </summary>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        // The view is only good until the first wait.
        parameters.SetParameterProperties(this);
        await Turn.Take();
        try
        {
            await base.SetParametersAsync(ParameterView.Empty);
        }
        finally
        {
            Turn.Give();
        }
    }
}

/// <summary>Whose turn it is to load; one per request.</summary>
internal sealed class LoadingTurn : IDisposable
{
    private readonly SemaphoreSlim free = new(1, 1);

    public Task Take() => free.WaitAsync();

    public void Give() => free.Release();

    public void Dispose() => free.Dispose();
}
