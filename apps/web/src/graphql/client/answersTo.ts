/** Whether a query's result is the answer to these variables: urql keeps the last one, of other variables, until the next is here. */
import { type AnyVariables, stringifyVariables, type UseQueryState } from "urql";

export function answersTo<Variables extends AnyVariables>(
  { operation }: Pick<UseQueryState<unknown, Variables>, "operation">,
  variables: Variables,
): boolean {
  return operation !== undefined && stringifyVariables(operation.variables) === stringifyVariables(variables);
}
