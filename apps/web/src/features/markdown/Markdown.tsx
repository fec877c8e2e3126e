/**
 * Members' Markdown, as in notes and comments. HTML in it is shown as text, links pass no referrer and no rank on, and only this server's
 * own images load: an image of another host would tell that host who reads the page, so it becomes a link.
 */
import type { Components } from "react-markdown";
import ReactMarkdown from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import { htmlAsText } from "./htmlAsText.ts";
import { isLocal, isOwnImage } from "./imageAddress.ts";
import styles from "./Markdown.module.css";

/** A page has one h1 and sections with h2. */
const components: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  a: ({ href, children }) =>
    href === undefined || href === "" ? (
      <span>{children}</span>
    ) : (
      <a
        className="link"
        href={href}
        rel="noopener nofollow noreferrer"
        {...(isLocal(href) || href.startsWith("#") ? {} : { target: "_blank" })}
      >
        {children}
      </a>
    ),
  img: ({ src, alt }) => {
    const address = typeof src === "string" ? src : "";
    const name = alt === undefined || alt === "" ? "image" : alt;
    if (isOwnImage(address)) return <img src={address} alt={name} loading="lazy" />;
    return address === "" ? (
      <span>{name}</span>
    ) : (
      <a className="link" href={address} rel="noopener nofollow noreferrer" target="_blank">
        {name}
      </a>
    );
  },
  table: ({ children }) => (
    <div className={styles.wide}>
      <table>{children}</table>
    </div>
  ),
};

const plugins = { remark: [remarkGfm, htmlAsText], rehype: [rehypeSanitize] };

export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className={styles.markdown}>
      <ReactMarkdown remarkPlugins={plugins.remark} rehypePlugins={plugins.rehype} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
