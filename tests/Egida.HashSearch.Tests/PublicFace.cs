using System.Reflection;
using System.Text;

namespace Egida.HashSearch.Tests;

/// <summary>Everything that users of an assembly can see, as text.</summary>
internal static class PublicFace
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append($"{Kind(type)} {type.FullName}\n");
            foreach (var member in Members(type).Order(StringComparer.Ordinal)) text.Append($"    {member}\n");
            text.Append('\n');
        }
        return text.ToString();
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsValueType ? "readonly struct"
        : type.IsInterface ? "interface"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsSealed ? "sealed class"
        : "class";

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<Enum>().Select(value => $"{Convert.ToInt32(value):D2} {value}");

        var fields = type.GetFields(Declared).Select(field =>
            field.IsLiteral ? $"const {field.FieldType.Name} {field.Name} = {field.GetRawConstantValue()}" : $"{field.FieldType.Name} {field.Name}");
        var constructors = type.GetConstructors(Declared).Select(constructor => $"new({Parameters(constructor)})");
        var methods = type.GetMethods(Declared).Select(method => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}({Parameters(method)})");
        return fields.Concat(constructors).Concat(methods);
    }

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    private static string Name(Type type) =>
        !type.IsGenericType ? type.Name : $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
}
