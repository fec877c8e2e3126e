/** The plain meaning of a comparison, which the SQL of searches is compared with. */
export type Plain = number | string | boolean | null;

const lower = (value: Plain) => (typeof value === "string" ? value.toLowerCase() : value);

/** Whether one of a row's values satisfies the comparison with one of the others. */
export function satisfies(values: readonly Plain[], operator: string, compared: readonly Plain[]): boolean {
  const some = (test: (value: Plain, other: Plain) => boolean) =>
    values.some((value) => compared.some((other) => test(lower(value), lower(other))));
  switch (operator) {
    case "!=":
      return !satisfies(values, "=", compared);
    case "~":
      return some((value, other) => value !== null && String(value).includes(String(other)));
    case "<":
      return some((value, other) => value !== null && Number(value) < Number(other));
    case "<=":
      return some((value, other) => value !== null && Number(value) <= Number(other));
    case ">":
      return some((value, other) => value !== null && Number(value) > Number(other));
    case ">=":
      return some((value, other) => value !== null && Number(value) >= Number(other));
    default:
      return some((value, other) => value === other);
  }
}
