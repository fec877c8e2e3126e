"use client";
/** One box that finds everything: images first, then places, then things to do. */
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { Confidence } from "../marks/Confidence.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import styles from "./Palette.module.css";
import { paletteQueryText } from "./paletteQueryText.ts";
import { usePaletteAnswers } from "./usePaletteAnswers.ts";

interface PaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

const places = [
  { href: "/", name: "Home", key: "G H" },
  { href: "/experiments", name: "Experiments", key: "G E" },
  { href: "/gallery", name: "Gallery", key: "G G" },
  { href: "/models", name: "Models", key: "G M" },
  { href: "/reports", name: "Reports", key: "G R" },
  { href: "/workers", name: "Workers", key: "G W" },
] as const;

const themes = ["light", "dark", "system"] as const;
const thumbnail = 28;

export function Palette({ open, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (open && !element.open) element.showModal();
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
  // Images arrive after the rest, above it: the best of them becomes the one that Enter opens. So does one that was there before, as the
  // choice leaves what does not answer the words that stand there.
  useEffect(() => {
    if (firstElite !== undefined && !oldElites) setChosen(`elite ${firstElite}`);
  }, [firstElite, oldElites]);

  const fits = (name: string) => name.toLowerCase().includes(word);

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
        <Command.Input
          autoFocus
          value={typed}
          onValueChange={setTyped}
          placeholder="A label, a run, a place, something to do"
          className={styles.input}
        />
        <button type="button" className={styles.close} onClick={onClose}>
          <kbd>Esc</kbd>
          <span className="visuallyHidden"> closes</span>
        </button>
      </div>
      <Command.List className={styles.list} label="Answers">
        <Command.Empty className={styles.none}>{answers.settled ? "Nothing is called that." : "Looking"}</Command.Empty>
        {answers.elites.length === 0 ? null : (
          <Command.Group heading="Elites" className={styles.group}>
            {answers.elites.slice(0, few).map(({ id, label, image, storedFitness, run: { key, methodLabel } }) => (
              <Row
                key={id}
                value={`elite ${id}`}
                old={answers.oldElites}
                onSelect={() => go(`/elites/${id}`)}
                lead={<PixelImage image={image} zoom={Math.max(1, Math.floor(thumbnail / image.width))} alt="" />}
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
        <Command.Group heading="Places" className={styles.group}>
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
          {places
            .filter(({ name }) => fits(name))
            .map(({ href, name, key }) => (
              <Row key={href} value={`place ${href}`} lead="/" note={<span className="n12">{key}</span>} onSelect={() => go(href)}>
                {name}
              </Row>
            ))}
        </Command.Group>
        <Command.Group heading="Do" className={styles.group}>
          {fits("New run, evolve") ? (
            <Row value="do new" lead="+" note={<span className="n12">N</span>} onSelect={() => go("/new")}>
              New run
            </Row>
          ) : null}
          {themes
            .filter((theme) => fits(`Theme ${theme}`))
            .map((theme) => (
              <Row key={theme} value={`do theme ${theme}`} lead="◐" note="theme" onSelect={() => run(() => setTheme(theme))}>
                {theme === "system" ? "Follow the system’s theme" : `Use the ${theme} theme`}
              </Row>
            ))}
          {fits("Copy GraphQL query") || answers.labels.length > 0 ? (
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
  /** Whether it answers other words than the ones that stand there: it keeps its place and cannot be chosen. */
  readonly old?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

function Row({ value, lead, note, old = false, onSelect, children }: RowProps) {
  // A new item where it can be chosen again: only then cmdk chooses it where nothing else is.
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
