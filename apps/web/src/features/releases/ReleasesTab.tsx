"use client";
/** The releases of a study: what one contains, who may download it, and the list of those made, with the form for a new one. */
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import {
  CancelReleaseDocument,
  type StudyOnPageFragment,
  StudyReleasesDocument,
  type StudyReleasesQuery,
} from "../../graphql/generated/graphql.ts";
import { isBeingMade } from "../downloads/DownloadEntry.tsx";
import downloadStyles from "../downloads/Downloads.module.css";
import { Button } from "../marks/Button.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { NewReleaseDialog } from "./NewReleaseDialog.tsx";
import { ReleaseEntry } from "./ReleaseEntry.tsx";
import styles from "./Releases.module.css";
import { releasesFile, releasesQuery, whyNoRelease } from "./releaseTexts.ts";

const fast = 1_000;
const slow = 10_000;

interface ReleasesTabProps {
  readonly study: StudyOnPageFragment;
  /** Null if the plan has a newer version than this page can read. */
  readonly plan: StudyPlan | null;
}

export function ReleasesTab({ study, plan }: ReleasesTabProps) {
  const [making, setMaking] = useState(false);
  const [cancelling, setCancelling] = useState<string | null>(null);
  const [, sendCancel] = useMutation(CancelReleaseDocument);
  const { data, error, refetch } = useLiveQuery({
    query: StudyReleasesDocument,
    variables: { id: study.id },
    poll: (last) => (releasesOf(last)?.some(isBeingMade) ? fast : slow),
    retryAfter: slow,
  });
  const releases = releasesOf(data);
  if (releases === undefined)
    return error === undefined ? <SkeletonLines count={4} height={72} /> : <RequestError message={error.message} onRetry={refetch} />;
  const reason = whyNoRelease(study.state, releases.some(isBeingMade));
  const cancel = async (releaseId: string): Promise<void> => {
    setCancelling(releaseId);
    const answer = await sendCancel({ input: { releaseId } });
    setCancelling(null);
    const problem = mutationProblem(answer.data?.cancelRelease, answer.error);
    if (problem !== null) toast.error(`The release was not cancelled. ${problem}`);
    refetch();
  };
  return (
    <section aria-labelledby="study-releases" className={downloadStyles.section}>
      <div className="sectionHead">
        <h2 id="study-releases">Releases</h2>
        <Button look="primary" needs="makeRelease" disabled={reason !== null || plan === null} onClick={() => setMaking(true)}>
          Make a release
        </Button>
      </div>
      <p className="second">
        A release is one ZIP archive that others can cite, load and verify without this server: the locked plan, all images and genomes,
        every trial as CSV, JSON lines and Parquet, the results, and metadata as Croissant, RO-Crate and DataCite. Voters have pseudonyms;
        those who withdrew before are not in it. Owners and researchers of this workspace make and download releases. Nothing changes one
        afterwards.
      </p>
      {reason === null ? null : <p className="t12 muted">{reason}</p>}
      {releases.length === 0 ? (
        <p className={`second ${styles.none}`}>No release yet.</p>
      ) : (
        <>
          <WholeListTools name={`${study.key}-releases`} rows={releases} columns={releasesFile} query={releasesQuery(study.key)} />
          <ol className={downloadStyles.list}>
            {releases.map((release) => (
              <ReleaseEntry
                key={release.id}
                studyKey={study.key}
                release={release}
                cancelling={cancelling === release.id}
                onCancel={() => void cancel(release.id)}
              />
            ))}
          </ol>
        </>
      )}
      {plan === null ? null : (
        <NewReleaseDialog
          study={study}
          consent={plan.consent}
          language={plan.languages[0] ?? "en"}
          released={releases.filter(({ state }) => state !== "FAILED" && state !== "CANCELLED").map(({ version }) => version)}
          open={making}
          onClose={() => setMaking(false)}
          onMade={refetch}
        />
      )}
    </section>
  );
}

function releasesOf(data: StudyReleasesQuery | undefined) {
  return data?.node?.__typename === "Study" ? data.node.releases : undefined;
}
