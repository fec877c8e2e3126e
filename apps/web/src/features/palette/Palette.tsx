"use client";
/** One search box for images, labels, runs, experiments, models, pages and actions. */
import { Command } from "cmdk";
import { useTheme } from "next-themes";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { useRouter } from "../addresses/navigation.ts";
import { addressOnPage } from "../addresses/pageAddress.ts";
import { gallerySearchAddress } from "../gallery/galleryAddress.ts";
import { Confidence } from "../marks/Confidence.tsx";
import { copyText } from "../marks/copyText.ts";
import { imageZoom } from "../marks/imageZoom.ts";
import { Keys } from "../marks/Keys.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { StudyState } from "../studies/StudyState.tsx";
import { actions, type Destination, matchesWords, pages } from "./destinations.ts";
import styles from "./Palette.module.css";
import { paletteQueryText } from "./paletteQueryText.ts";
import { useEarlyEnter } from "./useEarlyEnter.ts";
import { usePaletteResults } from "./usePaletteResults.ts";

interface PaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
  /** Shows the page's queries. */
  readonly onQueries: () => void;
}

const themes = ["light", "dark", "system"] as const;
/** In pixels. */
const thumbnailSide = 28;

export function Palette({ open, onClose, onQueries }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (open && !element.open) {
      element.showModal();
      // showModal focuses the first focusable element, which is not the input.
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
      {open ? <PaletteBody onClose={onClose} onQueries={onQueries} /> : null}
    </dialog>
  );
}

function PaletteBody({ onClose, onQueries }: Omit<PaletteProps, "open">) {
  const router = useRouter();
  const { setTheme } = useTheme();
  const [typed, setTyped] = useState("");
  const [selected, setSelected] = useState("");
  const inNewTab = useRef(false);
  const results = usePaletteResults(typed, true);
  const list = useRef<HTMLDivElement>(null);
  const { isWaiting, noteKey, noteText } = useEarlyEnter({ isSettled: results.isSettled, hasElites: results.elites.length > 0, list });
  const { may } = usePermissions();
  const text = typed.trim().toLowerCase();
  const maxPerKind = text === "" ? 3 : 5;
  const firstElite = results.elites[0]?.id;

  const { staleElites } = results;
  // Elites arrive last but are listed first: select the best, so that Enter opens it.
  useEffect(() => {
    if (firstElite !== undefined && !staleElites) setSelected(`elite ${firstElite}`);
  }, [firstElite, staleElites]);

  const matches = (name: string, keywords = "") => matchesWords(text, { name, keywords });
  const filterMatching = <Kind extends Destination>(destinations: readonly Kind[]) =>
    destinations.filter(({ name, keywords }) => matches(name, keywords));

  const openPage = (href: string) => {
    onClose();
    if (inNewTab.current) window.open(addressOnPage(href), "_blank", "noopener");
    else router.push(href);
  };
  const run = (action: () => void) => {
    onClose();
    action();
  };
  const copyQuery = () =>
    copyText(paletteQueryText(results.filter)).then((copied) =>
      toast(copied ? "The query was copied." : "The browser did not allow copying."),
    );
  const onKeyDownCapture = (event: KeyboardEvent) => {
    inNewTab.current = event.key === "Enter" && (event.metaKey || event.ctrlKey);
    noteKey(event);
  };

  return (
    <Command
      value={selected}
      onValueChange={setSelected}
      shouldFilter={false}
      loop
      label="Search or jump to"
      className={styles.palette}
      onKeyDownCapture={onKeyDownCapture}
    >
      <div className={styles.head}>
        <Command.Input
          value={typed}
          onValueChange={(value) => {
            noteText();
            setTyped(value);
          }}
          placeholder="A label, run, model, page or action"
          className={styles.input}
        />
        <button type="button" className={styles.close} onClick={onClose}>
          <kbd>Esc</kbd>
          <span className="visuallyHidden"> to close</span>
        </button>
      </div>
      <Command.List ref={list} className={styles.list} label="Results" aria-busy={isWaiting}>
        <Command.Empty className={styles.none}>{results.isSettled ? "No results" : "Searching"}</Command.Empty>
        {results.elites.length === 0 ? null : (
          <Command.Group heading="Elites" className={styles.group}>
            {results.elites.slice(0, maxPerKind).map(({ id, label, image, storedConfidence, run: { key, methodLabel } }) => (
              <Row
                key={id}
                value={`elite ${id}`}
                stale={results.staleElites}
                onSelect={() => openPage(`/elites/${id}`)}
                lead={<PixelImage image={image} zoom={imageZoom(image, thumbnailSide)} alt="" />}
                note={
                  <>
                    <Confidence value={storedConfidence} size="n12" /> in <span className="n12">{key}</span>
                  </>
                }
              >
                {label}, {methodLabel}
              </Row>
            ))}
          </Command.Group>
        )}
        <Command.Group heading="Go to" className={styles.group}>
          {results.labels.map((label) => (
            <Row
              key={label}
              value={`label ${label}`}
              stale={results.staleLabels}
              lead="="
              note="Gallery"
              onSelect={() => openPage(gallerySearchAddress(["class", label]))}
            >
              Filter: label is {label}
            </Row>
          ))}
          {results.models.slice(0, maxPerKind).map(({ id, name }) => (
            <Row
              key={id}
              value={`model ${id}`}
              stale={results.staleLabels}
              lead="∿"
              note="model"
              onSelect={() => openPage(`/models#${encodeURIComponent(id)}`)}
            >
              {name}
            </Row>
          ))}
          {results.runs.slice(0, maxPerKind).map(({ id, key, name, state }) => (
            <Row
              key={id}
              value={`run ${id}`}
              stale={results.stalePlaces}
              lead="▸"
              note={<StateGlyph state={state} />}
              onSelect={() => openPage(`/runs/${key}`)}
            >
              <span className="n12">{key}</span> {name}
            </Row>
          ))}
          {results.experiments.slice(0, maxPerKind).map(({ id, key, name }) => (
            <Row
              key={id}
              value={`experiment ${id}`}
              stale={results.stalePlaces}
              lead="≡"
              note="experiment"
              onSelect={() => openPage(`/experiments/${key}`)}
            >
              <span className="n12">{key}</span> {name}
            </Row>
          ))}
          {results.studies.slice(0, maxPerKind).map(({ id, key, title, state }) => (
            <Row
              key={id}
              value={`study ${id}`}
              stale={results.stalePlaces}
              lead="●"
              note={<StudyState state={state} />}
              onSelect={() => openPage(`/studies/${key}`)}
            >
              <span className="n12">{key}</span> {title}
            </Row>
          ))}
          {filterMatching(pages).map(({ href, name, note }) => (
            <Row key={href} value={`page ${href}`} lead="/" note={<span className="n12">{note}</span>} onSelect={() => openPage(href)}>
              {name}
            </Row>
          ))}
        </Command.Group>
        <Command.Group heading="Actions" className={styles.group}>
          {filterMatching(actions)
            .filter(({ needs }) => may(needs))
            .map(({ href, name, note }) => (
              <Row key={href} value={`do ${href}`} lead="+" note={<span className="n12">{note}</span>} onSelect={() => openPage(href)}>
                {name}
              </Row>
            ))}
          {themes
            .filter((theme) => matches(`${theme} theme`, "mode appearance colours"))
            .map((theme) => (
              <Row key={theme} value={`do theme ${theme}`} lead="◐" note="theme" onSelect={() => run(() => setTheme(theme))}>
                {theme === "system" ? "Use the system’s theme" : `Use the ${theme} theme`}
              </Row>
            ))}
          {matches("Show this page’s queries", "api graphql curl cli client") ? (
            <Row value="do queries" lead="{}" note={<span className="n12">Q</span>} onSelect={() => run(onQueries)}>
              Show this page’s queries
            </Row>
          ) : null}
          {matches("Copy the GraphQL query", "api clipboard") || results.labels.length > 0 ? (
            <Row value="do query" stale={results.staleLabels} lead="{}" note="clipboard" onSelect={() => run(() => void copyQuery())}>
              Copy the GraphQL query for {results.labels.length > 0 && text !== "" ? `“${typed.trim()}”` : "all elites"}
            </Row>
          ) : null}
        </Command.Group>
      </Command.List>
      <div className={styles.foot} aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> select
        </span>
        <span>
          <kbd>↵</kbd> open
        </span>
        <span>
          <Keys shortcut="mod+↵" /> open in a new tab
        </span>
        <span className={styles.last}>
          <kbd>?</kbd> all shortcuts
        </span>
      </div>
    </Command>
  );
}

interface RowProps {
  readonly value: string;
  readonly lead: ReactNode;
  readonly note: ReactNode;
  /** Whether the row belongs to earlier text. It then stays in place, disabled. */
  readonly stale?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

function Row({ value, lead, note, stale = false, onSelect, children }: RowProps) {
  // Remounts when it is enabled again: if nothing is selected, cmdk selects only new items.
  return (
    <Command.Item key={String(stale)} value={value} disabled={stale} onSelect={onSelect} className={styles.row}>
      <span className={styles.lead} aria-hidden={typeof lead === "string" || undefined}>
        {lead}
      </span>
      <span className={styles.name}>{children}</span>
      <span className={styles.note}>{note}</span>
    </Command.Item>
  );
}
