using System.Reflection;
using System.Text;

namespace Egida.HashSearch.Tests;

public class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_public_face_is_the_approved_one() =>
        ApprovedFile.Matches(Path.Combine(Golden.SourceFolder(), "PublicApi.verified.txt"), Face());

    private static string Face()
    {
        var text = new StringBuilder();
        foreach (var type in typeof(Hash256).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
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
