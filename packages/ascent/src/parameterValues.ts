/** Reads resolved parameters with their types. A wrong name or kind is a bug of the method, so the errors are INTERNAL. */
import { AppError } from "@pareidolia/core/appError";
import type { Parameters } from "@pareidolia/core/parameterSpec";

export function numberOf(parameters: Parameters, name: string): number {
  const value = parameters[name];
  if (typeof value !== "number") throw new AppError("INTERNAL", `The parameter ${name} is not a number.`);
  return value;
}

export function flagOf(parameters: Parameters, name: string): boolean {
  const value = parameters[name];
  if (typeof value !== "boolean") throw new AppError("INTERNAL", `The parameter ${name} is not a boolean.`);
  return value;
}

export function choiceOf<C extends string>(parameters: Parameters, name: string, choices: readonly C[]): C {
  const choice = choices.find((candidate) => candidate === parameters[name]);
  if (choice === undefined) throw new AppError("INTERNAL", `The parameter ${name} is not one of ${choices.join(", ")}.`);
  return choice;
}
