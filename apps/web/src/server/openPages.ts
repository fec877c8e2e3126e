/** The pages that need no session. Every other page leads to the sign-in page without one. */
import { readStudyAddress } from "../features/voting/studyAddress.ts";

const openPages = ["/sign-in", "/reset", "/verify", "/first", "/join", "/public", "/shared", "/unsubscribe"];

/** The voting page of a link; that of a study's key is for members. */
function isVotingLink(pathname: string): boolean {
  const segment = /^\/vote\/([^/]+)$/.exec(pathname)?.[1];
  return segment !== undefined && "link" in readStudyAddress(segment);
}

export function isOpenPage(pathname: string): boolean {
  return openPages.some((page) => pathname === page || pathname.startsWith(`${page}/`)) || isVotingLink(pathname);
}
