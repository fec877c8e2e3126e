/** The page on which a member votes in a study. */
export function voteAddress(studyKey: string): string {
  return `/vote/${studyKey}`;
}
