"use client";
/** Imports of results: a file or folder to hand in, the chosen import, and all imports. The chosen import is in the URL. */
import { useQueryState } from "nuqs";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ImportFormatsDocument, ImportsDocument } from "../../graphql/generated/graphql.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { PagedRows } from "../marks/PagedRows.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { formatBytes } from "../models/bytes.ts";
import { PermittedForm } from "../permissions/PermittedForm.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { DropZone } from "./DropZone.tsx";
import { ImportPanel } from "./ImportPanel.tsx";
import styles from "./Imports.module.css";
import { stateLabels } from "./importStates.ts";
import { importsFile, importsQuery } from "./importsFile.ts";

const pollMilliseconds = 4_000;

export function ImportPage() {
  const [chosen, setChosen] = useQueryState("import", { history: "push" });
  const { data, error, refetch } = useLiveQuery({ query: ImportsDocument, variables: { after: null }, poll: pollMilliseconds });
  const isEmpty = data !== undefined && data.imports.nodes.length === 0;
  return (
    <div className="page">
      <PagePath steps={[{ label: "Experiments", href: "/experiments" }]} here="Import" />
      <header className="pageHead">
        <div>
          <h1>Import</h1>
          <p>Results of this and other programs, as runs of an experiment.</p>
        </div>
      </header>
      <PermittedForm needs="startImport">
        <DropZone
          onHandedIn={(id) => {
            void setChosen(id);
            refetch();
          }}
        />
      </PermittedForm>
      {chosen === null ? null : <ImportPanel key={chosen} id={chosen} onChanged={refetch} onClose={() => void setChosen(null)} />}
      {data === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={3} height={40} />
        )
      ) : isEmpty && chosen === null ? (
        <EmptyState title="Nothing imported yet">The content of a file decides how it is read, not its name.</EmptyState>
      ) : isEmpty ? null : (
        <section aria-labelledby="imports" className={styles.imports}>
          <h2 id="imports">
            Imports <span className="n12 muted">{formatCount(data.imports.totalCount)}</span>
          </h2>
          <ListTools
            name="imports"
            document={ImportsDocument}
            variables={{}}
            pageOf={({ imports }) => imports}
            columns={importsFile}
            query={importsQuery}
          />
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">File</th>
                  <th scope="col" className={styles.wide}>
                    Format
                  </th>
                  <th scope="col">State</th>
                  <th scope="col">Runs</th>
                  <th scope="col" className={styles.wide}>
                    Experiment
                  </th>
                  <th scope="col" className={styles.wide}>
                    Handed in
                  </th>
                </tr>
              </thead>
              <PagedRows query={ImportsDocument} variables={{}} pageOf={({ imports }) => imports} columns={6} poll={pollMilliseconds}>
                {({ id, fileName, byteLength, state, format, runCount, experiments, createdAt }) => (
                  <tr key={id} aria-current={id === chosen || undefined}>
                    <td>
                      <Link className="link" href={`/import?import=${encodeURIComponent(id)}`}>
                        {fileName}
                      </Link>{" "}
                      <span className="n12 muted nowrap">{formatBytes(byteLength)}</span>
                    </td>
                    <td className={styles.wide}>{format?.label ?? ""}</td>
                    <td>{state === "SUCCEEDED" && runCount === 0 ? "In the trash" : stateLabels[state]}</td>
                    <td className="n12">{state === "SUCCEEDED" ? formatCount(runCount) : ""}</td>
                    <td className={styles.wide}>
                      {experiments.map(({ id: experimentId, key, name }) => (
                        <Link key={experimentId} className="link" href={`/experiments/${key}`}>
                          {key} {name}
                        </Link>
                      ))}
                    </td>
                    <td className={`${styles.wide} muted`}>
                      <RelativeTime time={createdAt} />
                    </td>
                  </tr>
                )}
              </PagedRows>
            </table>
          </div>
        </section>
      )}
      <Formats />
    </div>
  );
}

function Formats() {
  const { data } = useLiveQuery({ query: ImportFormatsDocument, variables: {}, requestPolicy: "cache-first" });
  if (data === undefined) return null;
  return (
    <section aria-labelledby="formats" className={styles.formats}>
      <h2 id="formats">What can be imported</h2>
      <dl>
        {data.importFormats.map(({ id, label, description }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd className="t12 second">{description}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
