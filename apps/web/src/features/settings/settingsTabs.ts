/** The tabs of the settings. A tab for owners is hidden from other members, to whom the API refuses its data. */
import type { SettingsQuery } from "../../graphql/generated/graphql.ts";
import { formatTotal } from "../marks/numbers.ts";

export type SettingsTab = (typeof settingsTabs)[number]["name"];

interface TabDescription {
  readonly name: string;
  readonly href: string;
  readonly forOwners: boolean;
  /** The number beside the name. */
  readonly count?: (data: SettingsQuery) => string;
}

const settingsTabs = [
  { name: "General", href: "/settings/general", forOwners: false },
  {
    name: "Members",
    href: "/settings/members",
    forOwners: false,
    count: ({ members }) => formatTotal(members.totalCount, members.totalCountIsCapped),
  },
  {
    name: "Tags",
    href: "/settings/tags",
    forOwners: false,
    count: ({ tags }) => formatTotal(tags.totalCount, tags.totalCountIsCapped),
  },
  {
    name: "Keys",
    href: "/settings/keys",
    forOwners: false,
    count: ({ apiKeys }) => formatTotal(apiKeys.totalCount, apiKeys.totalCountIsCapped),
  },
  { name: "Notifications", href: "/settings/notifications", forOwners: false },
  { name: "Webhooks", href: "/settings/webhooks", forOwners: false },
  { name: "Audit", href: "/settings/audit", forOwners: true },
  { name: "E-mail", href: "/settings/email", forOwners: true },
  { name: "Storage", href: "/settings/storage", forOwners: true },
  { name: "Exports", href: "/settings/exports", forOwners: false },
  { name: "Bulk queries", href: "/settings/bulk-queries", forOwners: false },
  { name: "Quotas", href: "/settings/quotas", forOwners: false },
] as const satisfies readonly TabDescription[];

/** The tabs that the viewer may open. */
export function tabsFor(data: SettingsQuery | undefined): readonly TabDescription[] {
  const tabs: readonly TabDescription[] = settingsTabs;
  return tabs.filter(({ forOwners }) => !forOwners || data?.viewer.role === "OWNER");
}
