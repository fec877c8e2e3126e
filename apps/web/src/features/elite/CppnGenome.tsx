"use client";
/** A CPPN as a graph. Each node shows the image of its values over all pixels; hovering over a node dims the connections of others. */
import { quantiseImage } from "@pareidolia/core/image";
import { renderNodes } from "@pareidolia/encodings/cppn/cppnEncoding";
import type { CppnGenome as Genome } from "@pareidolia/encodings/cppn/genome";
import { useMemo, useState } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { imageZoom } from "../marks/imageZoom.ts";
import styles from "./CppnGenome.module.css";
import { graphOf } from "./cppnGraph.ts";
import type { GenomeViewProps } from "./genomeViewProps.ts";
import { columnWidth, graphGeometry } from "./graphGeometry.ts";
import { PixelCanvas } from "./PixelCanvas.tsx";

const nodeSide = 56;

export function CppnGenome({ opened, image }: GenomeViewProps) {
  const genome = opened.genome as Genome;
  const [hovered, setHovered] = useState<number | null>(null);
  const graph = useMemo(() => graphOf(genome, opened.parameters), [genome, opened.parameters]);
  const images = useMemo(() => renderNodes(genome, image, opened.parameters).map(quantiseImage), [genome, image, opened.parameters]);

  const zoom = imageZoom(image, nodeSide);
  const side = { width: image.width * zoom, height: image.height * zoom };
  const [frame, room] = useElementWidth<HTMLDivElement>(0);
  const geometry = graphGeometry(graph, side, room);
  const { width, height } = geometry;

  return (
    <div>
      <div
        ref={frame}
        className={styles.scroll}
        tabIndex={0}
        role="region"
        aria-label={`Graph of ${graph.nodes.length} nodes and ${graph.edges.length} connections`}
      >
        <div className={styles.graph} style={{ width, height }}>
          <svg width={width} height={height} aria-hidden="true">
            {graph.edges.map(({ source, target, weight, lanes }) => (
              <path
                key={`${source} ${target}`}
                d={geometry.pathOf({ source, target, weight, lanes })}
                strokeWidth={0.75 + (Math.abs(weight) / 10) * 2.5}
                strokeDasharray={weight < 0 ? "4 3" : undefined}
                data-dim={(hovered !== null && hovered !== source && hovered !== target) || undefined}
              />
            ))}
          </svg>
          {graph.nodes.map((node) => {
            const { x, y } = geometry.corner(node);
            const image = images[node.id];
            return (
              <figure
                key={node.id}
                className={styles.node}
                style={{ left: geometry.columnOf(node), top: y, width: columnWidth, paddingLeft: x - geometry.columnOf(node) }}
                data-kind={node.kind}
                onPointerEnter={() => setHovered(node.id)}
                onPointerLeave={() => setHovered(null)}
              >
                {image === undefined ? null : <PixelCanvas image={image} zoom={zoom} label={null} />}
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
        <span className="n12">{graph.edges.length}</span> connections. Dashed connections are negative; wider ones are stronger.
        {graph.leftOut === 0 ? null : (
          <>
            {" "}
            <span className="n12">{graph.leftOut}</span> {graph.leftOut === 1 ? "unused node is" : "unused nodes are"} not shown.
          </>
        )}
      </p>
    </div>
  );
}
