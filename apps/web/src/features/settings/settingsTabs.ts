/** The tabs of the settings. A tab whose data the API refuses to the viewer is hidden. */
import type { SettingsQuery } from "../../graphql/generated/graphql.ts";
import { formatTotal } from "../marks/numbers.ts";
import type { ShownAction } from "../permissions/actions.ts";

export type SettingsTab = (typeof settingsTabs)[number]["name"];

interface TabDescription {
  readonly name: string;
  readonly href: string;
  /** The action that reads its data; absent if every member may read it. */
  readonly needs?: ShownAction;
  /** The number beside the name. */
  readonly count?: (data: SettingsQuery) => string;
}

const settingsTabs = [
  { name: "General", href: "/settings/general" },
  {
    name: "Members",
    href: "/settings/members",
    count: ({ members }) => formatTotal(members.totalCount, members.totalCountIsCapped),
  },
  {
    name: "Tags",
    href: "/settings/tags",
    count: ({ tags }) => formatTotal(tags.totalCount, tags.totalCountIsCapped),
  },
  {
    name: "Keys",
    href: "/settings/keys",
    count: ({ apiKeys }) => formatTotal(apiKeys.totalCount, apiKeys.totalCountIsCapped),
  },
  { name: "Notifications", href: "/settings/notifications" },
  { name: "Webhooks", href: "/settings/webhooks" },
  { name: "Audit", href: "/settings/audit", needs: "auditEntry:read" },
  { name: "E-mail", href: "/settings/email", needs: "email:read" },
  { name: "Storage", href: "/settings/storage", needs: "retentionRule:read" },
  { name: "Exports", href: "/settings/exports", needs: "export:inspect" },
  { name: "Bulk queries", href: "/settings/bulk-queries", needs: "bulkQuery:inspect" },
  { name: "Quotas", href: "/settings/quotas" },
] as const satisfies readonly TabDescription[];

/** The tabs that the viewer may open. */
export function tabsFor(permits: (action: ShownAction) => boolean): readonly TabDescription[] {
  const tabs: readonly TabDescription[] = settingsTabs;
  return tabs.filter(({ needs }) => needs === undefined || permits(needs));
}
