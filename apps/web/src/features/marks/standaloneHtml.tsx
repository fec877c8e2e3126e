/**
 * A page as one HTML file that needs nothing else: rendered by React, which escapes all text, with every image in it as data, absolute links,
 * and a policy under which it neither runs scripts nor loads anything.
 */
import type { ReactNode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";

/** Images that are loaded at the same time. */
const atOnce = 6;
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

export interface HtmlFile {
  readonly title: string;
  readonly css: string;
  readonly body: ReactNode;
  /** The address of the page that writes it, against which its links are resolved. */
  readonly address: string;
  /** Loads an image as a data URL; rejects if it cannot be loaded. */
  readonly loadImage: (url: string) => Promise<string>;
}

/** The document, before its links and images are resolved. */
export function HtmlPage({ title, css, body }: Pick<HtmlFile, "title" | "css" | "body">) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <style>{css}</style>
      </head>
      <body>{body}</body>
    </html>
  );
}

export async function writeHtml({ address, loadImage, ...page }: HtmlFile): Promise<string> {
  // A document that is never shown, and so loads nothing.
  const written = document.implementation.createHTMLDocument(page.title);
  const root = createRoot(written);
  flushSync(() => root.render(<HtmlPage {...page} />));
  for (const link of written.querySelectorAll("a")) {
    const href = link.getAttribute("href");
    if (href !== null) link.setAttribute("href", new URL(href, address).href);
    link.removeAttribute("target");
  }
  const images = [...written.querySelectorAll("img")];
  for (let start = 0; start < images.length; start += atOnce) {
    const loaded = images.slice(start, start + atOnce).map(async (image) => {
      image.removeAttribute("loading");
      image.setAttribute("src", await loadImage(new URL(image.getAttribute("src") ?? "", address).href));
    });
    await Promise.all(loaded);
  }
  const html = written.documentElement.outerHTML;
  root.unmount();
  return `<!doctype html>\n${html}\n`;
}

/** An image of this server as a data URL. */
export async function imageAsData(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`An image could not be loaded (HTTP ${response.status}), so no file was written. Try again.`);
  const blob = await response.blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error("An image could not be read, so no file was written. Try again."));
    reader.readAsDataURL(blob);
  });
}
