/** What adds up to the used storage, by kind of file. */
import type { QuotasQuery } from "../../graphql/generated/graphql.ts";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { formatBytes } from "../models/bytes.ts";
import tableStyles from "../settings/SettingsTable.module.css";

type Share = "models" | "photos" | "uploads" | "pending" | "releases" | "exports";

const kinds: readonly { readonly name: Share; readonly label: string; readonly href: string | null; readonly note: string }[] = [
  { name: "models", label: "Models", href: "/models", note: "Files of uploaded, downloaded and trained models" },
  { name: "photos", label: "Photographs", href: "/models/uploads", note: "Size as stored, after re-encoding" },
  { name: "releases", label: "Releases of studies", href: "/studies", note: "Their archives, which are kept with the study" },
  { name: "exports", label: "Exports", href: "/settings/exports", note: "Their archives, deleted after seven days" },
  { name: "uploads", label: "Unused uploads", href: "/models/uploads", note: "Deleted a day after they were requested" },
  { name: "pending", label: "Unfinished uploads", href: null, note: "Their announced sizes are reserved" },
];

export function StorageTable({ quotas }: { readonly quotas: QuotasQuery["quotas"] }) {
  return (
    <table className={tableStyles.table}>
      <thead>
        <tr>
          <th scope="col">Counts as storage</th>
          <th scope="col" className={tableStyles.wide}>
            What it is
          </th>
          <th scope="col" className="right">
            Files
          </th>
          <th scope="col" className="right">
            Size
          </th>
        </tr>
      </thead>
      <tbody>
        {kinds.map(({ name, label, href, note }) => (
          <tr key={name}>
            <td className={tableStyles.name}>
              {href === null ? label : <Link href={href}>{label}</Link>}
              <span className={`${tableStyles.narrow} t12 muted`}>{note}</span>
            </td>
            <td className={tableStyles.wide}>{note}</td>
            <td className="right n12">{formatCount(quotas[name].count)}</td>
            <td className="right n12">{formatBytes(quotas[name].byteLength)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td className={tableStyles.name}>Together</td>
          <td className={tableStyles.wide} />
          <td />
          <td className="right n12">{formatBytes(quotas.storage.used)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
