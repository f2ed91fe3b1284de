"use client";

import { useEffect, useRef } from "react";
import { createAnnotator } from "mingzhu/page";

/** An article whose names are marked for as long as it is shown. */
export function Story({ title, children }) {
  const article = useRef(null);

  useEffect(() => {
    const shown = new AbortController();
    const annotator = createAnnotator(article.current, { observe: true, signal: shown.signal });
    annotator.catch((error) => shown.signal.aborted || console.error(error));
    return () => {
      shown.abort();
      annotator.then((annotator) => annotator.dispose()).catch(() => {});
    };
  }, []);

  return (
    <article ref={article}>
      <h1>{title}</h1>
      {children}
    </article>
  );
}
