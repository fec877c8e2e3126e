/** The option of an input that has the value which a change replaces. `requireUnchanged` compares it. */

/** @param what such as "The name" */
export function previousValue(what: string): { readonly nullable: true; readonly description: string } {
  return {
    nullable: true,
    description: `${what} that you replace. If it has changed since, nothing is changed, and the \`ConflictError\` has the present one. Default: any.`,
  };
}
