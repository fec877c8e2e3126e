"use client";
/** One search box for images, labels, runs, experiments, models, pages and actions. */
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { Confidence } from "../marks/Confidence.tsx";
import { imageZoom } from "../marks/imageZoom.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { actions, answersWords, type Destination, pages } from "./destinations.ts";
import styles from "./Palette.module.css";
import { paletteQueryText } from "./paletteQueryText.ts";
import { usePaletteAnswers } from "./usePaletteAnswers.ts";

interface PaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

const themes = ["light", "dark", "system"] as const;
const thumbnail = 28;

export function Palette({ open, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (open && !element.open) {
      element.showModal();
      // showModal focuses the first focusable element, which is the list around the field.
      element.querySelector("input")?.focus();
    }
    if (!open && element.open) element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label="Search or jump to"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      {open ? <PaletteBody onClose={onClose} /> : null}
    </dialog>
  );
}

function PaletteBody({ onClose }: { readonly onClose: () => void }) {
  const router = useRouter();
  const { setTheme } = useTheme();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState("");
  const inNewTab = useRef(false);
  const answers = usePaletteAnswers(typed, true);
  const word = typed.trim().toLowerCase();
  const few = word === "" ? 3 : 5;
  const firstElite = answers.elites[0]?.id;

  const { oldElites } = answers;
  // Images arrive last but are listed first: select the best of them, so that Enter opens it.
  useEffect(() => {
    if (firstElite !== undefined && !oldElites) setChosen(`elite ${firstElite}`);
  }, [firstElite, oldElites]);

  const fits = (name: string, words = "") => answersWords(word, { name, words });
  const offered = (all: readonly Destination[]) => all.filter(({ name, words }) => fits(name, words));

  const go = (href: string) => {
    onClose();
    if (inNewTab.current) window.open(href, "_blank", "noopener");
    else router.push(href);
  };
  const run = (action: () => void) => {
    onClose();
    action();
  };
  const copyQuery = () =>
    navigator.clipboard.writeText(paletteQueryText(answers.filter)).then(
      () => toast("The query is on the clipboard."),
      () => toast("The browser did not allow copying."),
    );
  const noteModifier = (event: KeyboardEvent) => {
    inNewTab.current = event.key === "Enter" && (event.metaKey || event.ctrlKey);
  };

  return (
    <Command
      value={chosen}
      onValueChange={setChosen}
      shouldFilter={false}
      loop
      label="Search or jump to"
      className={styles.palette}
      onKeyDownCapture={noteModifier}
    >
      <div className={styles.head}>
        <Command.Input value={typed} onValueChange={setTyped} placeholder="A label, run, model, page or action" className={styles.input} />
        <button type="button" className={styles.close} onClick={onClose}>
          <kbd>Esc</kbd>
          <span className="visuallyHidden"> closes</span>
        </button>
      </div>
      <Command.List className={styles.list} label="Answers">
        <Command.Empty className={styles.none}>{answers.settled ? "No results" : "Searching"}</Command.Empty>
        {answers.elites.length === 0 ? null : (
          <Command.Group heading="Elites" className={styles.group}>
            {answers.elites.slice(0, few).map(({ id, label, image, storedFitness, run: { key, methodLabel } }) => (
              <Row
                key={id}
                value={`elite ${id}`}
                old={answers.oldElites}
                onSelect={() => go(`/elites/${id}`)}
                lead={<PixelImage image={image} zoom={imageZoom(image, thumbnail)} alt="" />}
                note={
                  <>
                    <Confidence value={storedFitness} size="n12" /> in <span className="n12">{key}</span>
                  </>
                }
              >
                {label}, {methodLabel}
              </Row>
            ))}
          </Command.Group>
        )}
        <Command.Group heading="Go to" className={styles.group}>
          {answers.labels.map((label) => (
            <Row
              key={label}
              value={`label ${label}`}
              old={answers.oldLabels}
              lead="="
              note="Gallery"
              onSelect={() => go(`/gallery?label=${encodeURIComponent(label)}`)}
            >
              Filter: label is {label}
            </Row>
          ))}
          {answers.models.slice(0, few).map(({ id, name }) => (
            <Row
              key={id}
              value={`model ${id}`}
              old={answers.oldLabels}
              lead="∿"
              note="model"
              onSelect={() => go(`/models#${encodeURIComponent(id)}`)}
            >
              {name}
            </Row>
          ))}
          {answers.runs.slice(0, few).map(({ id, key, name, state }) => (
            <Row
              key={id}
              value={`run ${id}`}
              old={answers.oldPlaces}
              lead="▸"
              note={<StateGlyph state={state} />}
              onSelect={() => go(`/runs/${key}`)}
            >
              <span className="n12">{key}</span> {name}
            </Row>
          ))}
          {answers.experiments.slice(0, few).map(({ id, key, name }) => (
            <Row
              key={id}
              value={`experiment ${id}`}
              old={answers.oldPlaces}
              lead="≡"
              note="experiment"
              onSelect={() => go(`/experiments/${key}`)}
            >
              <span className="n12">{key}</span> {name}
            </Row>
          ))}
          {offered(pages).map(({ href, name, note }) => (
            <Row key={href} value={`page ${href}`} lead="/" note={<span className="n12">{note}</span>} onSelect={() => go(href)}>
              {name}
            </Row>
          ))}
        </Command.Group>
        <Command.Group heading="Do" className={styles.group}>
          {offered(actions).map(({ href, name, note }) => (
            <Row key={href} value={`do ${href}`} lead="+" note={<span className="n12">{note}</span>} onSelect={() => go(href)}>
              {name}
            </Row>
          ))}
          {themes
            .filter((theme) => fits(`${theme} theme`, "mode appearance colours"))
            .map((theme) => (
              <Row key={theme} value={`do theme ${theme}`} lead="◐" note="theme" onSelect={() => run(() => setTheme(theme))}>
                {theme === "system" ? "Follow the system’s theme" : `Use the ${theme} theme`}
              </Row>
            ))}
          {fits("Copy the GraphQL query", "api clipboard") || answers.labels.length > 0 ? (
            <Row value="do query" old={answers.oldLabels} lead="{}" note="clipboard" onSelect={() => run(() => void copyQuery())}>
              Copy the GraphQL query for {answers.labels.length > 0 && word !== "" ? `“${typed.trim()}”` : "all elites"}
            </Row>
          ) : null}
        </Command.Group>
      </Command.List>
      <div className={styles.foot} aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> move
        </span>
        <span>
          <kbd>↵</kbd> open
        </span>
        <span>
          <kbd>⌘↵</kbd> in a new tab
        </span>
        <span className={styles.last}>
          <kbd>?</kbd> every key
        </span>
      </div>
    </Command>
  );
}

interface RowProps {
  readonly value: string;
  readonly lead: ReactNode;
  readonly note: ReactNode;
  /** Whether it belongs to an earlier query: it stays in place, disabled. */
  readonly old?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

function Row({ value, lead, note, old = false, onSelect, children }: RowProps) {
  // Remount when it is enabled again, since cmdk selects only new items when nothing is selected.
  return (
    <Command.Item key={String(old)} value={value} disabled={old} onSelect={onSelect} className={styles.row}>
      <span className={styles.lead} aria-hidden={typeof lead === "string" || undefined}>
        {lead}
      </span>
      <span className={styles.name}>{children}</span>
      <span className={styles.note}>{note}</span>
    </Command.Item>
  );
}
