/** A script to start a worker with; see `LoadOptions.workerUrl`. There is nothing to import from it. */
export {};
