/** The page to open after signing in, from the address of the sign-in page. */

const origin = "http://pareidolia.invalid";

/**
 * A path of our own, with query. Everything else, such as the address of another site, becomes the home page: a link to the sign-in page
 * may come from anywhere.
 */
export function readNextPath(text: string | null | undefined): string {
  if (text == null || !text.startsWith("/") || !URL.canParse(text, origin)) return "/";
  const url = new URL(text, origin);
  // A path that starts with two slashes names another host.
  if (url.origin !== origin || url.pathname.startsWith("//") || /^\/(sign-in|auth)(\/|$)/.test(url.pathname)) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The address of the sign-in page that leads back to `path`. */
export function signInAddress(path: string): string {
  const next = readNextPath(path);
  return next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}
