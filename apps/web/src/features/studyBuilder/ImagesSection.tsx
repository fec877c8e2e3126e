"use client";
/** Which images the study shows: the rule, the images that it drew, and checks: gold, noise, canaries; and examples of labels. */
import { encodings } from "@pareidolia/encodings/registry";
import { countExamples, examplesNeeded } from "@pareidolia/perception/study/checkDetails";
import type { SelectionRule } from "@pareidolia/perception/study/selectionRule";
import { useState } from "react";
import type { StudyImageRowFragment, StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { gallerySearchAddress } from "../gallery/galleryAddress.ts";
import filterStyles from "../marks/FilterBar.module.css";
import { FilterSelect } from "../marks/FilterSelect.tsx";
import { imageZoom } from "../marks/imageZoom.ts";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { DrawnImages } from "./DrawnImages.tsx";
import { CanariesDialog } from "./details/CanariesDialog.tsx";
import { toDraftImage } from "./draftPlan.ts";
import styles from "./ImagesSection.module.css";
import { NoiseCount } from "./NoiseCount.tsx";
import { NumberInput } from "./NumberInput.tsx";
import { PhotosDialog } from "./PhotosDialog.tsx";
import { RunsDialog } from "./RunsDialog.tsx";
import { rowId } from "./ruleRows.ts";
import type { EditableDraft } from "./useStudyDraft.ts";

const bounds = [
  ["0.5", ".5"],
  ["0.9", ".9"],
  ["0.99", ".99"],
  ["0.999", ".999"],
  ["0.9999", ".9999"],
] as const;
const maxSeed = 2_147_483_647;
const mostImages = 50_000;
const stripSide = 28;
const shownInStrip = 40;

interface ImagesSectionProps {
  readonly editable: EditableDraft;
  readonly runs: StudyOnPageFragment["selectedRuns"];
  /** Undefined while they load. */
  readonly images: readonly StudyImageRowFragment[] | undefined;
  readonly classNames: readonly string[];
  /** Whether other images are being drawn. */
  readonly isDrawing: boolean;
}

/** `104 CPPN, 16 direct`. */
function countSources(images: readonly Pick<StudyImageRowFragment, "source">[]): string {
  const counts = new Map<string, number>();
  for (const { source } of images) counts.set(source, (counts.get(source) ?? 0) + 1);
  const labelOf = (source: string): string => encodings.find(({ id }) => id === source)?.label ?? source;
  return [...counts].map(([source, count]) => `${formatCount(count)} ${labelOf(source)}`).join(", ");
}

function boundOptions(value: number | null, sign: string) {
  const known = bounds.map(([bound, text]) => ({ value: bound, text: `${sign} ${text}` }));
  const own = value === null ? null : String(value);
  return own === null || known.some((option) => option.value === own) ? known : [...known, { value: own, text: `${sign} ${own}` }];
}

export function ImagesSection({ editable, runs, images, classNames, isDrawing }: ImagesSectionProps) {
  const { draft } = editable.document;
  const { selection } = draft;
  const [choosing, setChoosing] = useState<"runs" | "gold" | "canaries" | "exemplars" | null>(null);
  const needed = examplesNeeded(draft);
  const examples = needed === 0 ? new Map<number, number>() : countExamples(draft, (images ?? []).map(toDraftImage), classNames.length);
  const lacking = [...examples.values()].reduce((sum, count) => sum + Math.max(0, needed - count), 0);
  const select = (change: Partial<SelectionRule>) => editable.editDraft({ selection: { ...selection, ...change } });
  const of = (role: StudyImageRowFragment["role"]) => images?.filter((image) => image.role === role) ?? [];
  const counted = of("COUNTED");
  const drawAgain = () => select({ seed: Math.floor(Math.random() * (maxSeed + 1)) });
  const chosenRuns = (runs ?? []).flatMap((run) => (run ? [run] : []));
  const keys = chosenRuns.map(({ key }) => key);
  const missing = selection.runs.length > 0 && keys.length === 0 ? `${selection.runs.length} runs` : "choose runs";
  return (
    <section aria-labelledby="study-images">
      <div className="sectionHead">
        <h2 id="study-images">Images</h2>
        <span>
          {chosenRuns.length === 1 && keys[0] !== undefined ? (
            <Link className={toolButtonStyles.toolButton} href={gallerySearchAddress(["run", keys[0]])}>
              Open in gallery
            </Link>
          ) : null}
          <button type="button" className={toolButtonStyles.toolButton} onClick={drawAgain}>
            Draw again
          </button>
        </span>
      </div>
      <div className={filterStyles.bar} role="group" aria-label="Rule for the images">
        <button
          type="button"
          className={`${filterStyles.filter} ${styles.runs}`}
          data-set={selection.runs.length > 0 || undefined}
          aria-haspopup="dialog"
          onClick={() => setChoosing("runs")}
        >
          <span>runs</span>
          <b className={styles.value}>{keys.length > 0 ? keys.join(", ") : missing}</b>
        </button>
        <FilterSelect
          name="encoding"
          anyLabel="any"
          value={selection.encodings[0] ?? null}
          isSet={selection.encodings.length > 0}
          options={encodings.map(({ id, label }) => ({ value: id, text: label }))}
          onChange={(encoding) => select({ encodings: encoding === null ? [] : [encoding] })}
        />
        <FilterSelect
          name="confidence from"
          anyLabel="any"
          value={selection.minimumConfidence === null ? null : String(selection.minimumConfidence)}
          isSet={selection.minimumConfidence !== null}
          options={boundOptions(selection.minimumConfidence, "≥")}
          onChange={(bound) => select({ minimumConfidence: bound === null ? null : Number(bound) })}
        />
        <FilterSelect
          name="up to"
          anyLabel="any"
          value={selection.maximumConfidence === null ? null : String(selection.maximumConfidence)}
          isSet={selection.maximumConfidence !== null}
          options={boundOptions(selection.maximumConfidence, "≤")}
          onChange={(bound) => select({ maximumConfidence: bound === null ? null : Number(bound) })}
        />
        <FilterSelect
          name="niche"
          value={selection.oneEachNiche ? "one" : "any"}
          isSet={selection.oneEachNiche}
          options={[
            { value: "any", text: "any" },
            { value: "one", text: "one image each" },
          ]}
          onChange={(value) => select({ oneEachNiche: value === "one" })}
        />
        <label className={`${filterStyles.filter} ${styles.numberToken}`}>
          <span>take</span>
          <NumberInput
            label="Number of images"
            value={selection.take}
            minimum={1}
            maximum={mostImages}
            empty="all"
            className={styles.tokenInput}
            onChange={(take) => select({ take })}
          />
        </label>
        <label className={`${filterStyles.filter} ${styles.numberToken}`}>
          <span>seed</span>
          <NumberInput
            label="Seed of the draw"
            value={selection.seed}
            minimum={0}
            maximum={maxSeed}
            className={styles.seedInput}
            onChange={(seed) => {
              if (seed !== null) select({ seed });
            }}
          />
        </label>
      </div>
      <div className={styles.columns}>
        <div>
          <DrawnImages
            images={images === undefined ? undefined : counted}
            excluded={selection.excluded}
            classNames={classNames}
            isDrawing={isDrawing}
            onLeaveOut={(image) => select({ excluded: [...selection.excluded, image] })}
          />
          {images === undefined ? null : (
            <p className={`${styles.caption} t12 muted`} aria-live="polite">
              {counted.length === 0
                ? selection.runs.length === 0 && selection.images.length === 0
                  ? "No images yet. Choose runs, or select images in the gallery and press “Ask people”."
                  : "No stored image matches this rule."
                : `${formatCount(counted.length)} ${counted.length === 1 ? "image" : "images"}: ${countSources(counted)}. Click one to leave it out.`}
              {selection.images.length > 0 ? ` ${formatCount(selection.images.length)} chosen by hand.` : ""}
              {selection.excluded.length > 0 ? (
                <>
                  {" "}
                  {formatCount(selection.excluded.length)} left out.{" "}
                  <button type="button" className="link" onClick={() => select({ excluded: [] })}>
                    Put back
                  </button>
                </>
              ) : null}
            </p>
          )}
        </div>
        <div className={styles.checks}>
          <Strip name="Gold" rule="gold" images={of("GOLD")} count={draft.gold.length}>
            <button type="button" className={toolButtonStyles.toolButton} aria-haspopup="dialog" onClick={() => setChoosing("gold")}>
              Choose photographs
            </button>
          </Strip>
          <Strip name="Noise, catch trials" rule="noise" images={of("NOISE")} count={draft.noise}>
            <NoiseCount
              protocols={draft.phases.map(({ protocol }) => protocol)}
              noise={draft.noise}
              onChange={(noise) => editable.editDraft({ noise })}
            />
          </Strip>
          <Strip name="Canaries" rule="canaries" images={of("CANARY")} count={draft.canaries.length}>
            <button type="button" className={toolButtonStyles.toolButton} aria-haspopup="dialog" onClick={() => setChoosing("canaries")}>
              Choose canaries
            </button>
          </Strip>
          <p className="t12 muted">Never counted as votes.</p>
          {needed === 0 && draft.exemplars.length === 0 ? null : (
            <Strip name="Examples of labels" rule="exemplars" images={of("EXEMPLAR")} count={draft.exemplars.length}>
              <button type="button" className={toolButtonStyles.toolButton} aria-haspopup="dialog" onClick={() => setChoosing("exemplars")}>
                Choose examples
              </button>
              {lacking > 0 ? (
                <span className="fieldError">
                  {formatCount(lacking)} more: {needed} of each label
                </span>
              ) : null}
            </Strip>
          )}
        </div>
      </div>
      <RunsDialog
        open={choosing === "runs"}
        chosen={chosenRuns.map(({ id }) => id)}
        onChoose={(ids) => select({ runs: ids })}
        onClose={() => setChoosing(null)}
      />
      <PhotosDialog
        open={choosing === "gold"}
        role="GOLD"
        images={of("GOLD")}
        classNames={classNames}
        labels={[]}
        needed={0}
        onChoose={(gold) => editable.editDraft({ gold })}
        onClose={() => setChoosing(null)}
      />
      <PhotosDialog
        open={choosing === "exemplars"}
        role="EXEMPLAR"
        images={of("EXEMPLAR")}
        classNames={classNames}
        labels={[...examples.keys()]}
        needed={needed}
        onChoose={(exemplars) => editable.editDraft({ exemplars })}
        onClose={() => setChoosing(null)}
      />
      <CanariesDialog
        open={choosing === "canaries"}
        canaries={draft.canaries}
        images={images ?? []}
        classNames={classNames}
        onChoose={(canaries) => editable.editDraft({ canaries })}
        onClose={() => setChoosing(null)}
      />
    </section>
  );
}

interface StripProps {
  readonly name: string;
  readonly rule: string;
  readonly images: readonly StudyImageRowFragment[];
  readonly count: number;
  readonly children: React.ReactNode;
}

function Strip({ name, rule, images, count, children }: StripProps) {
  return (
    <div id={rowId(rule)} tabIndex={-1}>
      <div className={styles.stripHead}>
        <span className="t12 second">{name}</span>
        <span className="n12">{count}</span>
      </div>
      {images.length === 0 ? null : (
        <span className={styles.strip} aria-hidden="true">
          {images.slice(0, shownInStrip).map(({ image, index }) => (
            <PixelImage key={index} image={image} zoom={imageZoom(image, stripSide)} alt="" />
          ))}
        </span>
      )}
      {children}
    </div>
  );
}
