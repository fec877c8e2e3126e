/** What members' Markdown may do on a page: text, links and tables; nothing that runs, loads from other hosts or imitates the page. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Markdown } from "../../../../apps/web/src/features/markdown/Markdown.tsx";
import { toLocal } from "../../../../apps/web/src/features/markdown/ownAddress.ts";

const htmlOf = (text: string): string => renderToStaticMarkup(createElement(Markdown, { text }));

describe("Markdown", () => {
  it("shows emphasis, lists, tables and code", () => {
    expect(htmlOf("**bold** and `code`")).toContain("<strong>bold</strong> and <code>code</code>");
    expect(htmlOf("- a\n- b")).toMatch(/<ul>\s*<li>a<\/li>\s*<li>b<\/li>\s*<\/ul>/);
    expect(htmlOf("| a | b |\n| - | - |\n| 1 | 2 |")).toContain("<td>2</td>");
    expect(htmlOf("~~gone~~ https://lab.example")).toContain('<a class="link" href="https://lab.example"');
  });

  it("places headings below those of the page", () => {
    expect([1, 2, 3, 4, 5, 6].map((level) => /<h(\d)/.exec(htmlOf(`${"#".repeat(level)} Title`))?.[1])).toEqual([
      "3",
      "4",
      "5",
      "6",
      "6",
      "6",
    ]);
  });

  it("opens links to other hosts apart, without referrer and rank, and links of this server in place", () => {
    expect(htmlOf("[a](https://lab.example/a)")).toContain('rel="noopener nofollow noreferrer" target="_blank"');
    expect(htmlOf("[a](/runs/RUN-1)")).not.toContain("target");
  });

  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<iframe src="https://lab.example"></iframe>',
    "<style>body { display: none }</style>",
    '<a href="javascript:alert(1)">a</a>',
    '<form action="https://lab.example"><input name="password"></form>',
    "<details open ontoggle=alert(1)>",
  ])("shows HTML as text: %s", (text) => {
    expect(htmlOf(text)).not.toMatch(/<(script|img|svg|iframe|style|form|input|details|a)\b/);
    expect(htmlOf(text)).toContain("&lt;");
  });

  it.each([
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#115;cript:alert(1))",
    "[a](\u0001javascript:alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](vbscript:msgbox(1))",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
  ])("follows no link that runs: %s", (text) => {
    const addresses = [...htmlOf(text).matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.filter((address) => !/^(https?:|mailto:|\/|#)/.test(address ?? "") && address !== "")).toEqual([]);
  });

  it.each(["![secret](https://lab.example/pixel.png)", "![secret](//lab.example/pixel.png)", "![secret](data:image/svg+xml,<svg/>)"])(
    "loads no image of another host: %s",
    (text) => {
      expect(htmlOf(text)).not.toContain("<img");
      expect(htmlOf(text)).toContain("secret");
    },
  );

  it.each([
    "/audit-log.csv",
    "/exports/EXPORT-1.zip",
    "/images/../audit-log.csv",
    "/images/%2e%2e/audit-log.csv",
    "/contact-sheets/../../exports/EXPORT-1.zip",
    "/w/lab/audit-log.csv",
    "/w/lab/images/../audit-log.csv",
  ])("loads nothing else of this server, which would act as the reader: %s", (address) => {
    expect(htmlOf(`![secret](<${address}>)`)).not.toContain("<img");
    expect(htmlOf(`![secret](<${address}>)`)).toContain("secret");
  });

  it("shows images of this server", () => {
    expect(htmlOf("![elite](/images/0.png)")).toContain('<img src="/images/0.png" alt="elite" loading="lazy"/>');
    expect(htmlOf("![elite](/w/lab/images/0.png)")).toContain('<img src="/w/lab/images/0.png" alt="elite" loading="lazy"/>');
  });

  it("gives its elements no ids and names that the page's own scripts could mistake", () => {
    expect(htmlOf("Text[^1]\n\n[^1]: Note")).not.toMatch(/ id="(?!user-content-)/);
  });
});

describe("keys and addresses of this server", () => {
  it.each([
    ["see RUN-12.", "/runs/RUN-12"],
    ["(EXP-3)", "/experiments/EXP-3"],
    ["**SWP-1**", "/sweeps/SWP-1"],
    ["STU-4, RUN-5", "/studies/STU-4"],
  ])("in %j lead to the page", (text, href) => {
    expect(htmlOf(text)).toContain(`href="${href}"`);
    expect(htmlOf(text)).not.toContain("target=");
  });

  it.each(["`RUN-12`", "    RUN-12", "PRERUN-12", "RUN-12-b", "RUN-0", "run-12", "[RUN-12](https://lab.example)", "/runs/RUN-12"])(
    "are no links of their own in %j",
    (text) => {
      expect(htmlOf(text)).not.toContain('href="/runs/');
    },
  );

  it("open in place under the server's own origin", () => {
    expect(toLocal("https://lab.example/runs/RUN-1?tab=links", "https://lab.example")).toBe("/runs/RUN-1?tab=links");
    expect(toLocal("https://lab.example.org/runs", "https://lab.example")).toBe("https://lab.example.org/runs");
    expect(toLocal("https://lab.example/", null)).toBe("https://lab.example/");
  });
});
