/** The text of a mutation with one input, whose answer is named `result`: its success, or the API's error. */

const failure = "... on Error { code message } ... on InvalidInputError { field }";

/** `success` is the type of its success, and `fields` are read of it. */
export function mutationText(name: string, input: string, success: string, fields: string): string {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  return `mutation ${title}($input: ${input}!) { result: ${name}(input: $input) { __typename ... on ${success} { ${fields} } ${failure} } }`;
}
