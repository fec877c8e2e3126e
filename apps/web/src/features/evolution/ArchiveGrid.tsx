/** The archive of a model with few classes as large tiles. A niche without an elite shows an empty tile. */
import type { TileEliteFragment } from "../../graphql/generated/graphql.ts";
import { EmptyTile, Tile } from "../marks/Tile.tsx";
import styles from "./ArchiveGrid.module.css";

interface ArchiveGridProps {
  readonly labels: readonly string[];
  readonly aspect: number;
  /** Width of the model's input. */
  readonly pixels: number;
  readonly elites: readonly TileEliteFragment[];
  readonly replaying: boolean;
}

export function ArchiveGrid({ labels, aspect, pixels, elites, replaying }: ArchiveGridProps) {
  const byNiche = new Map(elites.map((elite) => [elite.niche, elite]));
  return (
    <section aria-label="Archive">
      <ul className={styles.archiveGrid}>
        {labels.map((label, niche) => {
          const elite = byNiche.get(niche);
          return (
            <li key={label}>
              {elite ? <Tile elite={elite} zoom={6} glows={!replaying} /> : <EmptyTile label={label} aspect={aspect} pixels={pixels} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
