/**
 * Members' Markdown, as in notes and comments. Keys such as RUN-12 are links, HTML is shown as text, links pass no referrer and no rank on, and only this server's
 * own images load: an image of another host would tell that host who reads the page, so it becomes a link.
 */
import type { Components } from "react-markdown";
import ReactMarkdown from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import { useAddress } from "../addresses/navigation.ts";
import { DocumentLink } from "../marks/DocumentLink.tsx";
import { htmlAsText } from "./htmlAsText.ts";
import { linkKeys } from "./linkKeys.ts";
import styles from "./Markdown.module.css";
import { isLocal, isOwnImage, toLocal } from "./ownAddress.ts";

function OwnImage({ address, name }: { readonly address: string; readonly name: string }) {
  return <img src={useAddress()(address)} alt={name} loading="lazy" />;
}

/** A page has one h1 and sections with h2. */
const components: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  a: ({ href, children }) => {
    if (href === undefined || href === "") return <span>{children}</span>;
    const address = toLocal(href);
    // A bare address of this server is as short as its path.
    const text = children === href ? address : children;
    return (
      <DocumentLink
        className="link"
        href={address}
        rel="noopener nofollow noreferrer"
        {...(isLocal(address) || address.startsWith("#") ? {} : { target: "_blank" })}
      >
        {text}
      </DocumentLink>
    );
  },
  img: ({ src, alt }) => {
    const address = typeof src === "string" ? src : "";
    const name = alt === undefined || alt === "" ? "image" : alt;
    if (isOwnImage(address)) return <OwnImage address={address} name={name} />;
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

const plugins = { remark: [remarkGfm, htmlAsText, linkKeys], rehype: [rehypeSanitize] };

export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className={styles.markdown}>
      <ReactMarkdown remarkPlugins={plugins.remark} rehypePlugins={plugins.rehype} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
