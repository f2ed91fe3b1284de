/** One tag for a page. It exports nothing: its events tell what comes of it. */
export {};
