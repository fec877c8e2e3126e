"use client";
/** The list of public experiments, latest published first. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { PublicExperimentsDocument } from "../../graphql/generated/graphql.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { Pages } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { ThumbnailStrip } from "../marks/ThumbnailStrip.tsx";
import styles from "./Public.module.css";
import { publicExperimentsFile, publicExperimentsQuery } from "./publicFiles.ts";
import { formatDay, imagesOf } from "./sharedText.ts";

export function PublicListPage() {
  return (
    <>
      <h1 className={styles.title}>Public experiments</h1>
      <p className={styles.lead}>Fooling images: networks label them with near certainty, and people do not recognise them.</p>
      <PublicList />
    </>
  );
}

function PublicList() {
  const { data, error, refetch } = useLiveQuery({ query: PublicExperimentsDocument, variables: { after: null } });
  if (!data)
    return error ? <RequestError message={error.message} onRetry={refetch} forVisitors /> : <SkeletonLines count={4} height={96} />;
  if (data.publicExperiments.nodes.length === 0)
    return (
      <EmptyState title="No experiment is public yet">
        An owner of a workspace makes an experiment public on the experiment’s page.
      </EmptyState>
    );
  return (
    <>
      <ListTools
        name="public-experiments"
        document={PublicExperimentsDocument}
        variables={{}}
        pageOf={({ publicExperiments }) => publicExperiments}
        columns={publicExperimentsFile}
        query={publicExperimentsQuery}
      />
      <Pages query={PublicExperimentsDocument} variables={{}} pageOf={({ publicExperiments }) => publicExperiments} poll={null}>
        {(rows, more) => (
          <>
            <ul className={styles.list}>
              {rows.map((experiment) => (
                <li key={experiment.id}>
                  <div>
                    <h2>
                      <Link className={styles.listName} href={`/public/${experiment.id}`}>
                        {experiment.name}
                      </Link>
                    </h2>
                    <p className="t12 muted" suppressHydrationWarning>
                      {experiment.workspaceName}
                      {experiment.publishedAt == null ? "" : `, ${formatDay(experiment.publishedAt)}`}
                    </p>
                    {experiment.description === "" ? null : <p className={`second ${styles.summary}`}>{experiment.description}</p>}
                  </div>
                  <ThumbnailStrip
                    images={experiment.runs.nodes.flatMap(imagesOf).map(({ image }) => image)}
                    className={styles.thumbnails}
                  />
                  <p className="t12 muted">
                    <span className="n12">{formatCount(experiment.runCount)}</span> {experiment.runCount === 1 ? "run" : "runs"}
                    {experiment.modelNames.length === 0 ? "" : `, ${experiment.modelNames.join(", ")}`}
                  </p>
                </li>
              ))}
            </ul>
            {more}
          </>
        )}
      </Pages>
    </>
  );
}
