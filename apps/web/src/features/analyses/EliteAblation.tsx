"use client";
/** A heat map of how much each region of an image contributes: how far the confidence drops when the region is covered. */
import { useMutation } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { AblateEliteDocument, EliteAblationDocument } from "../../graphql/generated/graphql.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import type { PixelSource } from "../marks/pixelSource.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { AnalysisButton } from "./AnalysisButton.tsx";
import { AnalysisPlaceholder } from "./AnalysisPlaceholder.tsx";
import styles from "./EliteAblation.module.css";
import { ablationQuery } from "./eliteAnalysisQueries.ts";
import { useAnalysisControls } from "./useAnalysisControls.ts";

interface EliteAblationProps {
  readonly eliteId: string;
  readonly image: PixelSource;
  readonly label: string;
}

export function EliteAblation({ eliteId, image, label }: EliteAblationProps) {
  const { data, error, refetch } = useLiveQuery({ query: EliteAblationDocument, variables: { id: eliteId } });
  const [, ablate] = useMutation(AblateEliteDocument);
  const stored = data?.node?.__typename === "Elite" ? (data.node.ablation ?? null) : null;
  const controls = useAnalysisControls({
    stored,
    request: async () => {
      const { data: made, error } = await ablate({ input: { eliteId } });
      return { answer: made?.ablateElite, error };
    },
    onEnd: refetch,
  });
  const found = stored?.ablation ?? null;
  const regions = found?.regions ?? [];
  const largest = Math.max(1e-9, ...regions.map(({ drop }) => drop));
  const tools = useDataTools({
    name: "ablation",
    columns: ["x", "y", "width", "height", "confidence", "drop"],
    rows: regions.map(({ x, y, width, height, confidence, drop }) => [x, y, width, height, confidence, drop]),
    query: ablationQuery(eliteId),
  });
  return (
    <section aria-labelledby="ablation" className={styles.section}>
      <div className="sectionHead">
        <h2 id="ablation">
          Ablation <span className="t12 muted">each region covered with the mean colour, one at a time</span>
        </h2>
        {found === null ? null : tools.toolbar}
      </div>
      {tools.content}
      {data === undefined ? (
        <AnalysisPlaceholder error={error} onRetry={refetch} />
      ) : found === null ? (
        <p className="second">Not measured yet. A worker scores the image once for each region.</p>
      ) : (
        <div className={styles.face}>
          <svg
            className={styles.map}
            viewBox={`0 0 ${image.width} ${image.height}`}
            role="img"
            aria-label={`Heat map: covering the most important region lowers the confidence in ${label} by ${(largest * 100).toFixed(2)} points. The table lists every region.`}
          >
            <image href={image.url} width={image.width} height={image.height} style={{ imageRendering: "pixelated" }} />
            {regions.map(({ x, y, width, height, drop }) => (
              <rect
                key={`${x},${y}`}
                x={x}
                y={y}
                width={width}
                height={height}
                className={styles.region}
                style={{ fillOpacity: (0.75 * Math.max(0, drop)) / largest }}
              >
                <title>{`x ${x}, y ${y}: ${(drop * 100).toFixed(2)} points less`}</title>
              </rect>
            ))}
          </svg>
          <p className="second">
            Darker regions lower the confidence more when covered: by up to <span className="n12">{(largest * 100).toFixed(2)}</span>{" "}
            points. Covering <span className="n12">{(found.loweredShare * 100).toFixed(0)}%</span> of the regions lowers the confidence by
            at least <span className="n12">{found.countedDrop * 100}</span> point.
          </p>
        </div>
      )}
      {data === undefined ? null : (
        <div className={styles.actions}>
          {found === null ? (
            <AnalysisButton controls={controls} needs="ablateElite">
              Measure ablation
            </AnalysisButton>
          ) : null}
          {found !== null && stored?.endedAt ? (
            <span className="t12 muted">
              Measured <RelativeTime time={stored.endedAt} />. Measuring again would give the same values.
            </span>
          ) : null}
        </div>
      )}
    </section>
  );
}
