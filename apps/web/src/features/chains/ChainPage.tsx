"use client";
/** A chain's page: DNN 1, DNN 2 and so on, each with its test error and the confidence that fresh evolution reaches against it. */
import { fewestForMedian, medianInterval } from "@pareidolia/analysis/medianInterval";
import { useEffect, useRef } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ChainPageDocument, type ChainPageQuery } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { imageZoom } from "../marks/imageZoom.ts";
import { intervalCells, intervalColumns } from "../marks/intervalColumns.ts";
import { KeyRow } from "../marks/KeyRow.tsx";
import keyValuesStyles from "../marks/KeyValues.module.css";
import { Link } from "../marks/Link.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { ForkChainButton } from "../runOrigin/ForkChainButton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { SubjectTitle } from "../tracking/SubjectTitle.tsx";
import { isTrackedExperiment } from "../tracking/subject.ts";
import { useMayEdit } from "../tracking/useMayEdit.ts";
import { useTrackedSubject } from "../tracking/useTrackedSubject.ts";
import { ChainChart } from "./ChainChart.tsx";
import styles from "./Chains.module.css";
import { chainPollInterval } from "./chainPolling.ts";
import { chainQuery } from "./chainQuery.ts";

type Chain = ChainPageQuery["chain"];
const percent = (share: number | null | undefined) => (typeof share === "number" ? `${(share * 100).toFixed(2)}%` : "–");
/** Five images with gaps fill the width of a link (Chains.module.css). */
const imageSide = 56;
const retryMilliseconds = 4_000;
const stateLabels = { QUEUED: "queued", RUNNING: "running", SUCCEEDED: "finished", FAILED: "failed", CANCELLED: "cancelled" } as const;

export function ChainPage({ id }: { readonly id: string }) {
  const { data, error, notFound, refetch } = useLiveQuery({
    query: ChainPageDocument,
    variables: { id },
    poll: (last) => (last === undefined ? null : chainPollInterval(last.chain.run.state)),
    retryAfter: retryMilliseconds,
  });
  const state = data?.chain.run.state;
  // Data with a new state may come from another page's query or contain links read before the change, so refetch.
  useEffect(() => {
    if (state !== undefined) refetch();
  }, [state, refetch]);
  if (data) return <ChainView chain={data.chain} />;
  return (
    <div className="page">
      <PagePath steps={[{ label: "Retraining chains", href: "/chains" }]} here="chain" />
      <h1>{notFound ? "There is no such chain" : "Retraining chain"}</h1>
      {notFound ? <EmptyState title="No chain at this address" action={<ButtonLink href="/chains">All chains</ButtonLink>} /> : null}
      {error && !notFound ? <RequestError message={error.message} onRetry={refetch} /> : null}
      {error ? null : <SkeletonLines count={4} height={80} />}
    </div>
  );
}

function ChainView({ chain }: { readonly chain: Chain }) {
  const { subject } = useTrackedSubject(chain.run.id);
  const writable = useMayEdit(subject);
  // The runs of older chains have no name; the chain has one.
  const name = subject === null || isTrackedExperiment(subject) || subject.givenName === "" ? chain.name : subject.givenName;
  const svg = useRef<SVGSVGElement>(null);
  const links = chain.links.map((link) => ({
    ...link,
    median: link.medianConfidence ?? null,
    testError: link.testError ?? null,
    interval: link.elites.length === 0 ? null : medianInterval(link.elites.map(({ storedConfidence }) => storedConfidence)),
  }));
  const tools = useDataTools({
    name: "chain",
    columns: [
      "iteration",
      "state",
      "testError",
      "medianConfidence",
      ...intervalColumns("medianConfidence"),
      "foolingShare",
      "foolingImages",
    ],
    rows: links.map((link) => [
      link.iteration,
      link.state,
      link.testError,
      link.median,
      ...intervalCells({ ...link.interval, intervalReason: link.interval ? null : `needs ${fewestForMedian} images` }, "other classes"),
      link.foolingShare ?? null,
      link.foolingImages ?? null,
    ]),
    query: chainQuery(chain.id),
    svg,
  });
  return (
    <div className="page">
      <PagePath steps={[{ label: "Retraining chains", href: "/chains" }]} here={name} />
      <header className="pageHead">
        <div>
          <SubjectTitle fallback={name} subject={subject === null ? null : { ...subject, name }} writable={writable} />
          <p>
            {chain.dataset.label}, <span className="n12">{chain.iterations}</span> {chain.iterations === 1 ? "retraining" : "retrainings"},
            run{" "}
            <Link className="link n12" href={`/runs/${chain.run.key}`}>
              {chain.run.key}
            </Link>
          </p>
        </div>
        <div role="status" className={styles.state}>
          <StateGlyph state={chain.run.state} /> <span className="n12">{Math.floor(chain.run.progress * 100)}%</span>
        </div>
        <div className="pageActions">
          <ForkChainButton run={chain.run} />
        </div>
      </header>
      {chain.run.failure ? <p className="fieldError">{chain.run.failure} Finished links are kept.</p> : null}
      <ol className={styles.path} tabIndex={0} aria-label="Networks of the chain">
        {links.map((link) => (
          <li key={link.iteration} className={styles.link} data-queued={link.state === "QUEUED" || undefined}>
            <h2>
              DNN<sub>{link.iteration}</sub> <span className={`t12 muted ${styles.linkState}`}>{stateLabels[link.state]}</span>
            </h2>
            <div className={styles.images}>
              {link.elites.slice(0, 10).map((elite) => (
                <PixelImage
                  key={elite.niche}
                  image={elite.image}
                  zoom={imageZoom(elite.image, imageSide)}
                  alt={`niche ${elite.niche}, ${formatConfidence(elite.storedConfidence)}`}
                />
              ))}
            </div>
            <ConfidenceBar value={link.median} />
            <dl className={`${keyValuesStyles.keyRows} ${styles.facts}`}>
              <KeyRow name="Median of fresh evolution">
                <Confidence value={link.median} size="n12" />
              </KeyRow>
              <KeyRow name="95% interval" number>
                {link.interval
                  ? `${formatConfidence(link.interval.low)} to ${formatConfidence(link.interval.high)}, for other classes`
                  : `needs ${fewestForMedian} images`}
              </KeyRow>
              <KeyRow name="Test error" number>
                {percent(link.testError)}
              </KeyRow>
              <KeyRow name="Classified as the fooling class" number>
                {percent(link.foolingShare)}
              </KeyRow>
            </dl>
          </li>
        ))}
      </ol>
      <section className={styles.section} aria-labelledby="allLinks">
        <div className="sectionHead">
          <h2 id="allLinks">
            All links <span className="t12 muted">solid: median confidence with its interval; dashed: test error</span>
          </h2>
          {tools.toolbar}
        </div>
        {tools.content}
        <ChainChart links={links} svg={svg} />
      </section>
    </div>
  );
}
