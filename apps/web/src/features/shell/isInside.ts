/** Whether a page is one of the roots or below one of them. */
export function isInside(pathname: string, roots: readonly string[]): boolean {
  return roots.some((root) => pathname === root || pathname.startsWith(`${root}/`));
}
