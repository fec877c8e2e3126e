/** Who may read an experiment and its results: members of its workspace only, every holder of its link, or every visitor. */
export const visibilities = ["PRIVATE", "UNLISTED", "PUBLIC"] as const;
export type Visibility = (typeof visibilities)[number];
