using Egida.Platform.Actions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Egida.Tests.Architecture;

/// <summary>
/// What the compiled application says about itself: lambdas, async state machines and iterators count for the type they were written in.
/// A constant leaves no trace where it is used (the compiler copies its value), so a use of constants alone is not seen.
/// </summary>
internal static class CompiledCode
{
    public static ModuleDefinition Application { get; } = ModuleDefinition.ReadModule(typeof(ActionContext).Assembly.Location);

    public static IEnumerable<TypeDefinition> WrittenTypes(ModuleDefinition module) => module.GetTypes().Where(t => !Outermost(t).Name.Contains('<') && Outermost(t).Namespace.Length > 0);

    public static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    /// <summary>Every type of the application that the type mentions, as its outermost type.</summary>
    public static IEnumerable<TypeDefinition> Mentions(TypeDefinition type)
    {
        IEnumerable<TypeReference?> mentioned =
        [
            type.BaseType,
            .. type.Interfaces.Select(i => i.InterfaceType),
            .. type.CustomAttributes.SelectMany(OfAttribute),
            .. type.GenericParameters.SelectMany(g => g.Constraints).Select(c => c.ConstraintType),
            .. type.Fields.Select(f => f.FieldType),
            .. type.Methods.SelectMany(OfMethod),
        ];
        return mentioned.OfType<TypeReference>().SelectMany(Parts).Where(t => t.Scope == type.Module || t.Module == type.Module && t.Scope is ModuleDefinition)
            .Select(t => t.Resolve()).Where(t => t is not null && t.Module == type.Module).Select(Outermost);
    }

    private static IEnumerable<TypeReference?> OfMethod(MethodDefinition method) =>
    [
        .. OfSignature(method),
        .. method.CustomAttributes.SelectMany(OfAttribute),
        .. method.GenericParameters.SelectMany(g => g.Constraints).Select(c => c.ConstraintType),
        .. method.HasBody ? method.Body.Variables.Select(v => v.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(OfInstruction) : [],
    ];

    private static IEnumerable<TypeReference?> OfSignature(MethodReference method) =>
    [
        method.ReturnType,
        method.DeclaringType,
        .. method.Parameters.Select(p => p.ParameterType),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
    ];

    private static IEnumerable<TypeReference?> OfInstruction(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method => OfSignature(method),
        _ => [],
    };

    private static IEnumerable<TypeReference?> OfAttribute(CustomAttribute attribute) =>
        [attribute.AttributeType, .. attribute.ConstructorArguments.Select(a => a.Value as TypeReference)];

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        FunctionPointerType => [],
        TypeSpecification specification => Parts(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
