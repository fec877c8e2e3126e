/** What adds up to the used storage, by kind of file. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type QuotasQuery, RunImagesDocument } from "../../graphql/generated/graphql.ts";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { formatBytes } from "../models/bytes.ts";
import tableStyles from "../settings/SettingsTable.module.css";
import { storageKinds, storageQuery } from "./storageKinds.ts";

const retryMilliseconds = 5_000;
const runImagesNote = "Not counted, since workspaces share equal images";

export function StorageTable({ quotas }: { readonly quotas: QuotasQuery["quotas"] }) {
  return (
    <>
      <WholeListTools
        name="storage"
        rows={storageKinds}
        columns={{
          what: ({ label }) => label,
          files: ({ name }) => quotas[name].count,
          bytes: ({ name }) => quotas[name].byteLength,
        }}
        query={storageQuery}
      />
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
          {storageKinds.map(({ name, label, href, note }) => (
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
          <RunImagesRow />
        </tfoot>
      </table>
    </>
  );
}

/** Loaded separately, since many images take a while to count. */
function RunImagesRow() {
  const { data, error } = useLiveQuery({ query: RunImagesDocument, retryAfter: retryMilliseconds });
  const images = data?.quotas.runImages;
  const pending = error === undefined ? "…" : "–";
  return (
    <tr>
      <td className={tableStyles.name}>
        <Link href="/gallery">Images of runs</Link>
        <span className={`${tableStyles.narrow} t12 muted`}>{runImagesNote}</span>
      </td>
      <td className={tableStyles.wide}>{runImagesNote}</td>
      <td className="right n12">{images === undefined ? pending : formatCount(images.count)}</td>
      <td className="right n12">
        {images === undefined ? pending : `${images.isEstimate ? "about " : ""}${formatBytes(images.byteLength)}`}
      </td>
    </tr>
  );
}
