/** Where the pages of a shared experiment are: a public one by its ID, an unlisted one by its link. */
export interface SharedPlace {
  /** Of the experiment's page. */
  readonly path: string;
  /** The secret part of the link of an unlisted experiment; null for a public one. */
  readonly shareToken: string | null;
}

export const publicPlace = (experimentId: string): SharedPlace => ({
  path: `/public/${encodeURIComponent(experimentId)}`,
  shareToken: null,
});

export const linkedPlace = (token: string): SharedPlace => ({ path: `/shared/${token}`, shareToken: token });

/** Of the page of a run, with one of its images open or none. */
export function runPath({ path }: SharedPlace, runId: string, imageId: string | null = null): string {
  const image = imageId === null ? "" : `?image=${encodeURIComponent(imageId)}`;
  return `${path}/runs/${encodeURIComponent(runId)}${image}`;
}
