"use client";
/** The results of a shared run: its archive, or its images. */
import {
  ImportedImagesDocument,
  type ImportedImagesQuery,
  SharedPerturbationsDocument,
  type SharedPerturbationsQuery,
  SharedTrajectoriesDocument,
  type SharedTrajectoriesQuery,
} from "../../graphql/generated/graphql.ts";
import { ArchiveCanvas, maxGrid } from "../archiveCanvas/ArchiveCanvas.tsx";
import { archiveRules } from "../archiveCanvas/archiveState.ts";
import { ArchiveGrid } from "../evolution/ArchiveGrid.tsx";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { Confidence } from "../marks/Confidence.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { PagedImages } from "./PagedImages.tsx";
import styles from "./Public.module.css";
import { pollOf } from "./pollOf.ts";
import { SharedImages } from "./SharedImages.tsx";
import type { SharedRun, SharedRunOf } from "./sharedRun.ts";
import { ofAttack, ofChain, ofImport, toSharedImage } from "./sharedText.ts";

interface SharedResultsProps<Run = SharedRun> {
  readonly run: Run;
  readonly onOpen: (id: string) => void;
}

const nothing = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

function trajectoriesOf({ node }: SharedTrajectoriesQuery) {
  return node?.__typename === "AscentRun" ? node.trajectories : nothing;
}

function perturbationsOf({ node }: SharedPerturbationsQuery) {
  return node?.__typename === "PerturbationRun" ? node.perturbations : nothing;
}

export function importedImagesOf({ node }: ImportedImagesQuery) {
  return node?.__typename === "ImportedRun" ? node.images : nothing;
}

export function SharedResults({ run, onOpen }: SharedResultsProps) {
  const poll = pollOf([run]);
  switch (run.__typename) {
    case "EvolutionRun":
      return <Archive run={run} />;
    case "AscentRun":
      return (
        <PagedImages
          runId={run.id}
          query={SharedTrajectoriesDocument}
          pageOf={trajectoriesOf}
          toImage={toSharedImage}
          poll={poll}
          onOpen={onOpen}
        />
      );
    case "PerturbationRun":
      return (
        <PagedImages
          runId={run.id}
          query={SharedPerturbationsDocument}
          pageOf={perturbationsOf}
          toImage={ofAttack}
          poll={poll}
          onOpen={onOpen}
        />
      );
    case "RetrainingRun":
      return <Chain run={run} onOpen={onOpen} />;
    case "ImportedRun":
      return (
        <PagedImages
          runId={run.id}
          query={ImportedImagesDocument}
          pageOf={importedImagesOf}
          toImage={ofImport}
          poll={poll}
          onOpen={onOpen}
        />
      );
  }
}

function Archive({ run }: { readonly run: SharedRunOf<"EvolutionRun"> }) {
  const { labels, width, height } = run.model;
  if (run.archive.length === 0) return <EmptyState title="No images yet">Images appear here when the run has stored some.</EmptyState>;
  return labels.length > maxGrid ? (
    <>
      <AddressCheck rules={archiveRules(labels.length)} />
      <ArchiveCanvas runId={run.id} labels={labels} elites={run.archive} shown={run.generation ?? -1} replaying={false} />
    </>
  ) : (
    <ArchiveGrid labels={labels} aspect={width / height} pixels={width} elites={run.archive} replaying={false} />
  );
}

const percent = (share: number | null | undefined) => (typeof share === "number" ? `${(share * 100).toFixed(2)}%` : "–");

function Chain({ run, onOpen }: SharedResultsProps<SharedRunOf<"RetrainingRun">>) {
  const links = run.chain?.links ?? [];
  if (links.length === 0) return <EmptyState title="No images yet">Images appear here when the run has stored some.</EmptyState>;
  return (
    <ol className={styles.chain}>
      {links.map(({ iteration, state, testError, medianConfidence, foolingShare, elites }) => (
        <li key={iteration}>
          <h3>
            DNN <span className="n">{iteration}</span> {state === "SUCCEEDED" ? null : <StateGlyph state={state} />}
          </h3>
          <p className="t12 muted">
            Test error <span className="n12">{percent(testError)}</span>, median confidence{" "}
            <Confidence value={medianConfidence} size="n12" />
            {typeof foolingShare === "number" ? (
              <>
                , labelled as fooling <span className="n12">{percent(foolingShare)}</span>
              </>
            ) : null}
          </p>
          <SharedImages runId={run.id} images={elites.map((elite) => ofChain(elite, run.model.labels))} onOpen={onOpen} />
        </li>
      ))}
    </ol>
  );
}
