/** Formats measured figures with six digits; the seeds support no more. */
import type { ReportRow } from "../report.ts";
import { escapeHtml } from "./escapeHtml.ts";

export function figureText({ figure }: ReportRow): string {
  return figure === null ? "not measured" : Number(figure.toPrecision(6)).toString();
}

export function evidenceText(row: ReportRow): string {
  return `${row.what}: ${figureText(row)} (${row.bar}). ${row.detail}`;
}

export function evidenceList(rows: readonly ReportRow[]): string {
  if (rows.length === 0) return "–";
  const items = rows.map(
    (row) =>
      `<li><b>${escapeHtml(figureText(row))}</b> <span>${escapeHtml(row.what)} <i>(${escapeHtml(row.bar)}${row.holds ? "" : ", does not hold"})</i></span><small>${escapeHtml(row.id)}: ${escapeHtml(row.detail)}</small></li>`,
  );
  return `<ul class="evidence">${items.join("")}</ul>`;
}
