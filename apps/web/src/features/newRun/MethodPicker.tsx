"use client";
/** The choice of method, with example images from this workspace or, until it has any, those that come with Pareidolia. */
import { Fragment } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { EvolveExampleDocument, MethodExamplesDocument, type MethodExamplesQuery } from "../../graphql/generated/graphql.ts";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import { exampleImages, type MethodImage } from "./exampleImages.ts";
import styles from "./MethodPicker.module.css";
import { type NewRunMethod, newRunMethods } from "./newRunMethods.ts";

type ImagesByMethod = Readonly<Record<NewRunMethod, readonly MethodImage[]>>;

type ExampleRun = MethodExamplesQuery["runs"]["nodes"][number];
type MilestoneList = Extract<ExampleRun, { __typename: "AscentRun" }>["trajectories"]["nodes"][number]["milestones"];

/** Four evenly spaced images of a sequence. */
function sampleFour(path: readonly MethodImage[]): readonly MethodImage[] {
  if (path.length <= 4) return path;
  return [0, 1, 2, 3].map((step) => path[Math.round((step * (path.length - 1)) / 3)] as MethodImage);
}

/** Example images from the workspace's own runs; null while they load. */
function useWorkspaceImages(): ImagesByMethod | null {
  const evolved = useLiveQuery({ query: EvolveExampleDocument, requestPolicy: "cache-first" });
  const examples = useLiveQuery({ query: MethodExamplesDocument, requestPolicy: "cache-first" });
  if ((evolved.fetching && !evolved.data) || (examples.fetching && !examples.data)) return null;
  const { data } = examples;
  const path = evolved.data?.elites.nodes[0]?.ancestry.toReversed() ?? [];
  // The trajectory with the most milestones: some configurations of a random search reach none.
  const runs: readonly ExampleRun[] = data?.runs.nodes ?? [];
  const longest = runs
    .flatMap((run) => (run.__typename === "AscentRun" ? run.trajectories.nodes.map(({ milestones }) => milestones) : []))
    .reduce<MilestoneList>((best, milestones) => (milestones.length > best.length ? milestones : best), []);
  const attack = runs
    .flatMap((run) => (run.__typename === "PerturbationRun" ? run.perturbations.nodes : []))
    .find(({ success }) => success);
  return {
    evolve: sampleFour(path.map(({ genome, confidence }) => ({ image: genome.image, confidence }))),
    ascend: sampleFour(longest.map(({ image, storedConfidence }) => ({ image, confidence: storedConfidence }))),
    perturb: attack
      ? [
          { image: attack.original, confidence: attack.originalConfidence },
          { image: attack.image, confidence: attack.storedConfidence },
        ]
      : [],
    retrain: data?.elites.nodes.map(({ image }) => ({ image, confidence: null })) ?? [],
  };
}

const signs = ["", "+", "="] as const;

/** Whether the images are an original, the change added to it, and their sum. */
function isSum(method: NewRunMethod, images: readonly MethodImage[]): boolean {
  return method === "perturb" && images.length === signs.length;
}

function MethodImages({ method, images }: { readonly method: NewRunMethod; readonly images: readonly MethodImage[] }) {
  if (method === "retrain")
    return images.map(({ image }, index) => <PixelImage key={`${index}-${image.url}`} image={image} zoom={1} alt="" fluid />);
  const sum = isSum(method, images);
  return images.map(({ image, confidence }, index) => (
    <Fragment key={`${index}-${image.url}`}>
      {sum && index > 0 ? <span className={`${styles.methodSign} muted`}>{signs[index]}</span> : null}
      <span>
        <PixelImage image={image} zoom={3} alt="" fluid />
        {sum && confidence === null ? null : <ConfidenceBar className={styles.confidenceBar} value={confidence} />}
      </span>
    </Fragment>
  ));
}

export function MethodPicker({ value, onChange }: { readonly value: NewRunMethod; onChange(method: NewRunMethod): void }) {
  const workspaceImages = useWorkspaceImages();
  const withoutOwn = newRunMethods.filter(({ id }) => workspaceImages !== null && workspaceImages[id].length === 0);
  return (
    <fieldset className={styles.methodPicker}>
      <legend className="visuallyHidden">Method</legend>
      {newRunMethods.map(({ id, label, line, detail }) => {
        const images = workspaceImages !== null && workspaceImages[id].length > 0 ? workspaceImages[id] : exampleImages[id];
        return (
          <label key={id} className={id === value ? `${styles.methodCard} ${styles.chosen}` : styles.methodCard}>
            <input type="radio" name="method" value={id} checked={id === value} onChange={() => onChange(id)} />
            <span
              className={`${styles.methodImages} ${id === "retrain" ? styles.retrain : ""} ${isSum(id, images) ? styles.sum : ""}`}
              data-loading={workspaceImages === null || undefined}
              aria-hidden="true"
            >
              <MethodImages method={id} images={images} />
            </span>
            <b>{label}</b>
            <span className="second">{line}</span>
            <span className="t12 muted">{detail}</span>
          </label>
        );
      })}
      {withoutOwn.length > 0 ? (
        <p className={`t12 muted ${styles.methodNote}`}>
          {withoutOwn.length === newRunMethods.length
            ? "The images"
            : `The images for ${new Intl.ListFormat("en-GB").format(withoutOwn.map(({ label }) => label))}`}{" "}
          come with Pareidolia, made with LeNet. Images from this workspace will replace them.
        </p>
      ) : null}
    </fieldset>
  );
}
