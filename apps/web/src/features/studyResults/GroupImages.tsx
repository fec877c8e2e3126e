/** The most and the least recognised images of each group, with the votes that agree. */
import type { AgreementWords } from "./agreementWords.ts";
import groupStyles from "./Groups.module.css";
import type { GroupRow, ImageGroup } from "./groupRows.ts";
import type { PlanOfResults } from "./planOfResults.ts";

export function GroupImages({
  rows,
  plan,
  words,
}: {
  readonly rows: readonly GroupRow[];
  readonly plan: PlanOfResults;
  readonly words: AgreementWords;
}) {
  const shown = rows.filter(({ group }) => group.most.length > 0);
  if (shown.length === 0) return null;
  return (
    <div className={groupStyles.groupImages}>
      {shown.map(({ name, group }) => (
        <figure key={name}>
          <figcaption className="t12">
            <b>{name}</b>
          </figcaption>
          <Strip title="most recognised" images={group.most} plan={plan} words={words} />
          <Strip title="least recognised" images={group.least} plan={plan} words={words} />
        </figure>
      ))}
    </div>
  );
}

interface StripProps {
  readonly title: string;
  readonly images: ImageGroup["most"];
  readonly plan: PlanOfResults;
  readonly words: AgreementWords;
}

function Strip({ title, images, plan, words }: StripProps) {
  if (images.length === 0) return null;
  return (
    <div>
      <span className="t12 muted">{title}</span>
      <ul className={groupStyles.strip}>
        {images.map(({ image, agreeing, votes }) => (
          <li key={image}>
            <img src={plan.addressOf(image)} alt={`Image ${image + 1}, labelled ${plan.labelOf(image)}`} loading="lazy" decoding="async" />
            <span className="n11 people" title={`${plan.labelOf(image)}: ${agreeing} of ${votes} ${words.votes}`}>
              {agreeing} / {votes}
              <span className="visuallyHidden"> {words.votes}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
