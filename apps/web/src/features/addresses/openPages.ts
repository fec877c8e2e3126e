/** The pages outside of workspaces, and which of them need no session. Every other page without a session leads to the sign-in page. */
import { readStudyAddress } from "../voting/studyAddress.ts";

const openPages = ["/sign-in", "/reset", "/verify", "/first", "/join", "/public", "/shared", "/unsubscribe"];
/** They need a session, but no workspace. */
const accountPages = ["/device", "/no-workspace", "/no-such-workspace", "/which-workspace"];

const isBelow = (pathname: string, pages: readonly string[]) => pages.some((page) => pathname === page || pathname.startsWith(`${page}/`));

/** Whether the page is a study's voting page by its link. By a study's key, only members vote, in their workspace. */
function isVotingLink(pathname: string): boolean {
  const segment = /^\/vote\/([^/]+)$/.exec(pathname)?.[1];
  return segment !== undefined && "link" in readStudyAddress(segment);
}

export function isOpenPage(pathname: string): boolean {
  return isBelow(pathname, openPages) || isVotingLink(pathname);
}

export function isOutsidePage(pathname: string): boolean {
  return isOpenPage(pathname) || isBelow(pathname, accountPages);
}
