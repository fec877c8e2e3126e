/** The tabs of an opened study; the selected one is in the URL. Its results have addresses of their own. */
export const studyTabs = ["images", "members", "voters", "plan", "releases"] as const;

export const tabLabels: Record<(typeof studyTabs)[number], string> = {
  images: "Images",
  members: "Members",
  voters: "Voters",
  plan: "Plan",
  releases: "Releases",
};
