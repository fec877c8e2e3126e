"use client";
/** How an image's confidence survives JPEG compression, scaling, blur and cropping, as measured by a worker on the stored image. */
import { useMutation } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { EliteSurvivalDocument, MeasureSurvivalDocument } from "../../graphql/generated/graphql.ts";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { AnalysisButton } from "./AnalysisButton.tsx";
import { AnalysisPlaceholder } from "./AnalysisPlaceholder.tsx";
import styles from "./EliteSurvival.module.css";
import { survivalQuery } from "./eliteAnalysisQueries.ts";
import { SurvivalChart } from "./SurvivalChart.tsx";
import { useAnalysisControls } from "./useAnalysisControls.ts";

interface EliteSurvivalProps {
  readonly eliteId: string;
  readonly niche: number;
  /** Prefix of the file name. */
  readonly name: string;
}

const columns = ["distortion", "level", "confidence", "topClass", "topLabel"] as const;

export function EliteSurvival({ eliteId, niche, name }: EliteSurvivalProps) {
  const [frame, width] = useElementWidth<HTMLElement>(440);
  const { data, error, refetch } = useLiveQuery({ query: EliteSurvivalDocument, variables: { id: eliteId } });
  const [, measure] = useMutation(MeasureSurvivalDocument);
  const stored = data?.node?.__typename === "Elite" ? (data.node.survival ?? null) : null;
  const controls = useAnalysisControls({
    stored,
    request: async () => {
      const { data: made, error } = await measure({ input: { eliteId } });
      return { answer: made?.measureSurvival, error };
    },
    onEnd: refetch,
  });
  const found = stored?.survival ?? null;
  const curves = found?.curves ?? [];
  const tools = useDataTools({
    name: `${name}-survival`,
    columns,
    rows: curves.flatMap(({ distortion, points }) =>
      points.map(({ level, confidence, topClass, topLabel }) => [distortion, level, confidence, topClass, topLabel]),
    ),
    query: survivalQuery(eliteId),
  });
  return (
    <section aria-labelledby="survival" className={styles.section} ref={frame}>
      <div className="sectionHead">
        <h2 id="survival">Survival</h2>
        {found === null ? null : tools.toolbar}
      </div>
      {tools.content}
      {data === undefined ? (
        <AnalysisPlaceholder error={error} onRetry={refetch} />
      ) : found === null ? (
        <>
          <p className={`second ${styles.note}`}>
            Not measured yet. A worker compresses, scales, blurs and crops the stored image, and scores each version.
          </p>
          <div className={styles.actions}>
            <AnalysisButton controls={controls} needs="measureSurvival">
              Measure survival
            </AnalysisButton>
          </div>
        </>
      ) : (
        <div className={styles.curves}>
          {curves.map((curve) => (
            <SurvivalChart key={curve.distortion} curve={{ ...curve, halfGoneAt: curve.halfGoneAt ?? null }} niche={niche} width={width} />
          ))}
          <p className="t12 muted">
            “Half at” is the level at which half of the confidence is left. Levels at which the network predicts another class are struck
            through.
          </p>
        </div>
      )}
    </section>
  );
}
