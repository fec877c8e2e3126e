/** The pages that need no session. Every other page leads to the sign-in page without one. */
const openPages = ["/sign-in", "/reset", "/verify", "/first", "/join", "/public", "/shared"];

export function isOpenPage(pathname: string): boolean {
  return openPages.some((page) => pathname === page || pathname.startsWith(`${page}/`));
}
