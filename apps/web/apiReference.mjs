/** A plugin of GraphQL Code Generator that writes the whole schema with its descriptions as data, from which the API reference is rendered. */
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
} from "graphql";

const described = ({ description, deprecationReason }) => ({
  description: description ?? "",
  ...(deprecationReason == null ? {} : { deprecated: deprecationReason }),
});

/** Defaults are shown as GraphQL writes them; enum values have no quotes. */
function defaultOf({ defaultValue, astNode }) {
  if (defaultValue === undefined) return {};
  const literal = astNode?.defaultValue;
  return {
    default:
      literal === undefined ? JSON.stringify(defaultValue) : "value" in literal ? String(literal.value) : JSON.stringify(defaultValue),
  };
}

const memberOf = (member) => ({ name: member.name, type: String(member.type), ...described(member), ...defaultOf(member) });

const fieldsOf = (type) =>
  Object.values(type.getFields()).map((field) => ({ ...memberOf(field), arguments: (field.args ?? []).map(memberOf) }));

const kinds = [
  [isObjectType, (type) => ({ kind: "object", fields: fieldsOf(type), implements: type.getInterfaces().map(({ name }) => name) })],
  [
    isInterfaceType,
    (type, schema) => ({ kind: "interface", fields: fieldsOf(type), members: schema.getPossibleTypes(type).map(({ name }) => name) }),
  ],
  [isInputObjectType, (type) => ({ kind: "input", fields: fieldsOf(type) })],
  [isUnionType, (type) => ({ kind: "union", members: type.getTypes().map(({ name }) => name) })],
  [isEnumType, (type) => ({ kind: "enum", values: type.getValues().map((value) => ({ name: value.name, ...described(value) })) })],
  [isScalarType, () => ({ kind: "scalar" })],
];

/** @param {import("graphql").GraphQLSchema} schema */
export function plugin(schema) {
  const nothing = { fields: [], values: [], members: [], implements: [] };
  const types = Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) return [];
    const [, describe] = kinds.find(([isKind]) => isKind(type));
    return [{ name: type.name, description: type.description ?? "", ...nothing, ...describe(type, schema) }];
  });
  // A text, since the compiler would take seconds to type such a literal.
  return `export const referenceJson = ${JSON.stringify(JSON.stringify(types))};\n`;
}
