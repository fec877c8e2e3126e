/** How the address of a voting page names its study: members by its key, everyone else by the token of its link. */
export type StudyAddress = { readonly study: string } | { readonly link: string };

const keyForm = /^STU-\d+$/i;

/** @param segment The part of the path after /vote/. */
export function readStudyAddress(segment: string): StudyAddress {
  return keyForm.test(segment) ? { study: segment.toUpperCase() } : { link: segment };
}
