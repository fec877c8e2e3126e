"use client";
/** A CPPN as its graph. Every node shows the picture that it computes over the whole image; pointing at one keeps its connections. */
import { quantiseImage } from "@pareidolia/core/image";
import { renderNodes } from "@pareidolia/encodings/cppn/cppnEncoding";
import type { CppnGenome as Genome } from "@pareidolia/encodings/cppn/genome";
import { useMemo, useState } from "react";
import { pictureZoom } from "../marks/pictureZoom.ts";
import styles from "./CppnGenome.module.css";
import { type GraphedNode, graphOf } from "./cppnGraph.ts";
import type { GenomeViewProps } from "./genomeViewProps.ts";
import { PixelCanvas } from "./PixelCanvas.tsx";

const nodeSide = 56;
const leastWidth = 640;
const columnStep = 92;
const rowStep = 96;

interface Point {
  readonly x: number;
  readonly y: number;
}

function curve(from: Point, to: Point): string {
  const bend = Math.max(24, (to.x - from.x) / 2);
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}

export function CppnGenome({ opened, image }: GenomeViewProps) {
  const genome = opened.genome as Genome;
  const [pointed, setPointed] = useState<number | null>(null);
  const graph = useMemo(() => graphOf(genome, opened.parameters), [genome, opened.parameters]);
  const pictures = useMemo(() => renderNodes(genome, image, opened.parameters).map(quantiseImage), [genome, image, opened.parameters]);

  const zoom = pictureZoom(image, nodeSide);
  const side = image.width * zoom;
  const width = Math.max(leastWidth, (graph.layers - 1) * columnStep + nodeSide);
  const height = graph.tallest * rowStep;
  const corner = ({ layer, height: share }: GraphedNode): Point => ({
    x: graph.layers === 1 ? 0 : (layer / (graph.layers - 1)) * (width - nodeSide),
    y: share * height - nodeSide / 2 - 8,
  });
  const places = new Map(graph.nodes.map((node) => [node.id, corner(node)]));
  const end = (id: number, atRight: boolean): Point => {
    const { x, y } = places.get(id) as Point;
    return { x: atRight ? x + side : x, y: y + side / 2 };
  };

  return (
    <div>
      <div
        className={styles.scroll}
        tabIndex={0}
        role="region"
        aria-label={`Graph of ${graph.nodes.length} nodes and ${graph.edges.length} connections`}
      >
        <div className={styles.graph} style={{ width, height }}>
          <svg width={width} height={height} aria-hidden="true">
            {graph.edges.map(({ source, target, weight }) => (
              <path
                key={`${source} ${target}`}
                d={curve(end(source, true), end(target, false))}
                strokeWidth={0.75 + (Math.abs(weight) / 10) * 2.5}
                strokeDasharray={weight < 0 ? "4 3" : undefined}
                data-dim={(pointed !== null && pointed !== source && pointed !== target) || undefined}
              />
            ))}
          </svg>
          {graph.nodes.map((node) => {
            const { x, y } = places.get(node.id) as Point;
            const picture = pictures[node.id];
            return (
              <figure
                key={node.id}
                className={styles.node}
                style={{ left: x, top: y, width: side }}
                data-kind={node.kind}
                onPointerEnter={() => setPointed(node.id)}
                onPointerLeave={() => setPointed(null)}
              >
                {picture === undefined ? null : <PixelCanvas image={picture} zoom={zoom} label={null} />}
                <figcaption>
                  {node.name}
                  {node.used ? null : ", unused"}
                </figcaption>
              </figure>
            );
          })}
        </div>
      </div>
      <p className={styles.under}>
        <span className="n12">{graph.nodes.filter(({ used }) => used).length}</span> nodes in use,{" "}
        <span className="n12">{graph.edges.length}</span> connections; dashed is negative, wider is stronger.
        {graph.leftOut === 0 ? null : (
          <>
            {" "}
            <span className="n12">{graph.leftOut}</span>{" "}
            {graph.leftOut === 1 ? "node that nothing reads is" : "nodes that nothing reads are"} left out.
          </>
        )}
      </p>
    </div>
  );
}
