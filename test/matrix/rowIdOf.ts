/** The row's ID in a global ID. */
export function rowIdOf(globalId: string): string {
  const text = Buffer.from(globalId, "base64url").toString();
  return text.slice(text.indexOf(":") + 1);
}
