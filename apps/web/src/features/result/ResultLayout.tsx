"use client";
/** The layout of a result's page: the image with its actions, its label and confidence, and how the model and people label it. */
import type { ReactNode } from "react";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { wholeNumberOf } from "../marks/addressProblems.ts";
import { Confidence } from "../marks/Confidence.tsx";
import { formatMiss } from "../marks/confidence.ts";
import { splitLabel } from "../marks/labels.ts";
import { WhatPeopleSay } from "../people/WhatPeopleSay.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import answersStyles from "./Answers.module.css";
import { PixelInspector } from "./PixelInspector.tsx";
import styles from "./ResultLayout.module.css";
import type { StoredImage } from "./useStoredImage.ts";

const rules = [wholeNumberOf("zoom", "the largest that fits is used")];

interface ResultLayoutProps {
  readonly run: { readonly key: string; readonly experiment: { readonly key: string; readonly name: string } };
  readonly image: { readonly id: string; readonly url: string; readonly width: number; readonly height: number; readonly channels: number };
  readonly stored: StoredImage;
  readonly label: string;
  readonly confidence: number;
  /** A line below the label about the image and its run. */
  readonly origin: ReactNode;
  readonly actions: ReactNode;
  readonly machine: ReactNode;
  readonly children: ReactNode;
}

export function ResultLayout({ run, image, stored, label, confidence, origin, actions, machine, children }: ResultLayoutProps) {
  const { name, others } = splitLabel(label);
  const { experiment } = run;
  return (
    <div className={`page ${styles.page}`}>
      <PagePath
        steps={[
          { label: `${experiment.key} ${experiment.name}`, href: `/experiments/${experiment.key}` },
          { label: run.key, href: `/runs/${run.key}` },
        ]}
        here={name}
      />
      <AddressCheck rules={rules} />
      <div className={styles.plaque}>
        <div className={styles.left}>
          <PixelInspector image={image} label={label} stored={stored} />
          {actions}
        </div>
        <div>
          <header className={styles.head}>
            <div>
              <h1>{name}</h1>
              {others === "" ? null : <p className={styles.others}>{others}</p>}
              <p>{origin}</p>
            </div>
            <div className={styles.number}>
              <Confidence value={confidence} size="n36" />
              <span className="n12 muted">{formatMiss(confidence)}</span>
            </div>
          </header>
          <div className={answersStyles.answers}>
            {machine}
            <WhatPeopleSay imageId={image.id} />
          </div>
        </div>
      </div>
      {children}
    </div>
  );
}
