"use client";
/** Whether a run has been verified, what computed it, and the runs that were forked from it. */
import { useMutation } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RunProvenanceDocument, type RunProvenanceQuery, VerifyRunDocument } from "../../graphql/generated/graphql.ts";
import { isRun } from "../../graphql/runTypes.ts";
import { AnalysisNote } from "../analyses/AnalysisNote.tsx";
import { useAnalysisControls } from "../analyses/useAnalysisControls.ts";
import { Button } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { KeyRow } from "../marks/KeyRow.tsx";
import keyValuesStyles from "../marks/KeyValues.module.css";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import styles from "./ProvenanceSection.module.css";
import { VerificationResult } from "./VerificationResult.tsx";

type RunNode = Extract<NonNullable<RunProvenanceQuery["node"]>, { readonly chainHash?: unknown }>;

interface ProvenanceRun {
  readonly id: string;
  readonly key: string;
  readonly state: string;
}

export function ProvenanceSection({ run }: { readonly run: ProvenanceRun }) {
  const isActive = run.state === "QUEUED" || run.state === "RUNNING";
  // The key loads the section again when the run starts and when it ends.
  return <LoadedProvenance key={String(isActive)} run={run} isActive={isActive} />;
}

function LoadedProvenance({ run, isActive }: { readonly run: ProvenanceRun; readonly isActive: boolean }) {
  const { data, refetch } = useLiveQuery({ query: RunProvenanceDocument, variables: { id: run.id }, requestPolicy: "cache-and-network" });
  if (!isRun(data?.node)) return null;
  const node = data.node;
  return (
    <>
      <Verification node={node} isActive={isActive} onEnd={refetch} />
      <Forks node={node} />
      <Provenance node={node} />
    </>
  );
}

function Verification({ node, isActive, onEnd }: { readonly node: RunNode; readonly isActive: boolean; readonly onEnd: () => void }) {
  const [, verify] = useMutation(VerifyRunDocument);
  const stored = node.verification ?? null;
  const controls = useAnalysisControls({
    stored: stored?.analysis ?? null,
    async request() {
      const { data, error } = await verify({ runId: node.id });
      const result = data?.verifyRun;
      if (result?.__typename !== "VerifyRunSuccess") return { answer: result, error };
      return { answer: { __typename: "StartAnalysisSuccess" as const, analysis: result.verification.analysis }, error };
    },
    onEnd,
  });
  const { analysis, busy, problem, start, cancel } = controls;
  const hasChain = typeof node.chainHash === "string";
  return (
    <section>
      <div className="sectionHead">
        <h2>Verification</h2>
        {cancel === null ? null : (
          <Button needs="cancelAnalysis" onClick={() => void cancel()}>
            Cancel
          </Button>
        )}
        {hasChain && !isActive && !busy ? (
          <Button needs="verifyRun" onClick={() => void start()}>
            {stored === null ? "Verify" : "Verify again"}
          </Button>
        ) : null}
      </div>
      {busy ? null : stored?.verdict ? (
        <VerificationResult verification={stored} />
      ) : analysis === null ? (
        <p className="t12 muted">
          {isActive
            ? "Once the run has ended, a worker can compute it again and compare every step."
            : hasChain
              ? "A worker computes the run again from its seed and compares every step."
              : "This run cannot be verified: it has not stored a step, or ran before hash chains existed."}
        </p>
      ) : null}
      <AnalysisNote analysis={analysis} problem={problem} keeps={null} />
    </section>
  );
}

function Forks({ node: { forks } }: { readonly node: RunNode }) {
  if (forks.length === 0) return null;
  return (
    <section>
      <div className="sectionHead">
        <h2>Forks</h2>
      </div>
      <ul className={styles.forks}>
        {forks.map(({ id, key, forkedFromGeneration }) => (
          <li key={id}>
            <Link className="link" href={`/runs/${key}`}>
              {key}
            </Link>{" "}
            <span className="t12 muted">
              at <span className="n12">{formatCount(forkedFromGeneration ?? 0)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Provenance({ node: { provenance, chainHash } }: { readonly node: RunNode }) {
  if (!provenance) return null;
  const { engines, instructionSets, codeVersions, modelSha256, dependencies, lockFileHashes, nodeVersions, platforms } = provenance;
  const rows: readonly (readonly [string, readonly string[], boolean])[] = [
    ["Engine", engines, false],
    ["Instruction set", instructionSets, false],
    ["Code", codeVersions, false],
    ["Packages", dependencies, false],
    ["Node", nodeVersions, false],
    ["Platform", platforms, false],
    ["Lock file", lockFileHashes, true],
    ["Model file", modelSha256 ? [modelSha256] : [], true],
    ["Hash chain", chainHash ? [chainHash] : [], true],
  ];
  return (
    <details className={styles.provenance}>
      <summary>
        <h2>Computed by</h2>
        <span className="t12 muted">{[...instructionSets, ...codeVersions].join(", ")}</span>
      </summary>
      <dl className={keyValuesStyles.keyRows}>
        {rows
          .filter(([, values]) => values.length > 0)
          .map(([name, values, isHash]) => (
            <KeyRow key={name} name={name}>
              {values.map((value) => (
                <span key={value} className={styles.value} title={value}>
                  {isHash ? (
                    <>
                      <span className="n12">{value.slice(0, 8)}</span> <CopyButton text={value} />
                    </>
                  ) : (
                    value
                  )}
                </span>
              ))}
            </KeyRow>
          ))}
      </dl>
    </details>
  );
}
