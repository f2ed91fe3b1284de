/** @type {typeof import("./errors.js").default} */
export default {
  ABORTED: { message: "It was cancelled.", hint: "Nothing is wrong; start again when you need it." },
  DISPOSED: { message: "The annotator has been closed.", hint: "Load another one." },
  ASSET_MISSING: {
    message: "A file is missing.",
    hint: "Serve the package's folders wasm/ and assets/ beside each other, with the model asked for, and have baseUrl point there.",
  },
  ASSET_UNREACHABLE: {
    message: "A file could not be fetched.",
    hint: "Check the network, and allow the address in the CSP directive connect-src.",
  },
  ASSET_TAMPERED: {
    message: "A file is not what it was published as.",
    hint: "It was changed on its way, or is none of the package's: serve those as they are.",
  },
  VERSION_MISMATCH: {
    message: "Files of two versions have met.",
    hint: "Serve the package's files together, all of one version.",
  },
  ASSET_MAGIC: {
    message: "What was fetched is no data file of mingzhu.",
    hint: "Check the address: the server may have answered with a page instead of the file.",
  },
  ASSET_KIND: {
    message: "A data file stands in the place of another.",
    hint: "Pass dictionary, gazetteer and model in their own places.",
  },
  ASSET_VERSION: {
    message: "A data file is of another version than the program.",
    hint: "Use the files that were published with this version, and do not mix them.",
  },
  ASSET_LENGTH: { message: "A data file broke off or was altered.", hint: "Fetch it again." },
  ASSET_CHECKSUM: {
    message: "A data file was damaged or altered on its way.",
    hint: "Load again; if it stays so, check the file on the server.",
  },
  ASSET_INVALID: {
    message: "A data file cannot be used.",
    hint: "Use the files that were published with this version.",
  },
  WASM_BLOCKED: { message: "WebAssembly is blocked.", hint: "Add 'wasm-unsafe-eval' to the CSP directive script-src." },
  WASM_MISSING: {
    message: "This browser has no WebAssembly that can be used.",
    hint: "Use a newer browser, or switch it on in the settings of this one.",
  },
  WASM_INVALID: {
    message: "The program's file is not of this version.",
    hint: "Serve the files of one package together.",
  },
  OUT_OF_MEMORY: { message: "There is not enough memory.", hint: "Close some tabs and try again." },
  WORKER_BLOCKED: {
    message: "The background thread could not be started.",
    hint: "Add worker-src 'self' to the CSP (for scripts of another origin: blob: and that origin), or pass workerUrl with an address of the page's own origin.",
  },
  WORKER_FAILED: {
    message: "The background thread failed.",
    hint: "See the error's cause; with mode: \"main\" none is used.",
  },
  TIMEOUT: {
    message: "It took too long: the background thread did not start, or a download came to a halt.",
    hint: "Check the network and try again; a site checks workerUrl and the CSP directive worker-src.",
  },
  PANIC: {
    message: "Something inside the program broke.",
    hint: "Reload the page, and please report it with the console's output.",
  },
  UNEXPECTED: {
    message: "Something happened that nobody expected.",
    hint: "See the error's cause, and please report it with the console's output.",
  },
  HIGHLIGHTS_MISSING: {
    message: "This browser cannot paint ranges (CSS Custom Highlights); names are wrapped in elements instead.",
    hint: "There is nothing to do; a newer browser can.",
  },
  PAGE_RESTLESS: {
    message: "The page goes on changing its text, and is read less and less often.",
    hint: "Leave out what goes on changing, such as a clock, with exclude.",
  },
  CARD_FAILED: {
    message: "The site's own card could not be made; the reader was given the library's.",
    hint: "See the error's cause; card gives a node, or nothing.",
  },
  NO_DOCUMENT: {
    message: "There is no page here.",
    hint: "createAnnotator is for a page; Annotator works without one.",
  },
  OPTION_INVALID: {
    message: "An option has a value that makes no sense.",
    hint: "See docs/options.md for what it takes.",
  },
  SELECTOR_INVALID: { message: "exclude or include is no CSS selector.", hint: "Write it as \".byline, figure\" is." },
  TEXT_TOO_LONG: { message: "The text is too long.", hint: "Annotate its parts one by one." },
  DATE_INVALID: { message: "The date is none.", hint: "Write it as 2026-03-05." },
  GUIDELINE_UNKNOWN: { message: "The model does not know this guideline.", hint: "Ask for one that it knows." },
  KIND_UNKNOWN: { message: "There is no such kind.", hint: "A kind is official, person, place or organization." },
  TERM_INVALID: { message: "A term is none.", hint: "A term is an object with text and kind." },
  TERM_EMPTY: { message: "A term has no letter in it.", hint: "Leave empty lines and cells out of the list." },
  TERM_TOO_LONG: {
    message: "A term is too long.",
    hint: "A term is a name as an article writes it, of at most 64 characters, and not a sentence.",
  },
  TERM_CONTROL: {
    message: "A term has a line break, a tab or another control character in it.",
    hint: "Write one name a term.",
  },
  ENTRY_INVALID: {
    message: "An entry of the gazetteer is none.",
    hint: "Write name,forms,code lines with forms parted by |, or a JSON array of { name, forms, code }.",
  },
  ENTRY_NAME: {
    message: "A name of an entry is none.",
    hint: "Write one name each, without line breaks, and leave empty ones out.",
  },
  ENTRY_CODE: {
    message: "A code is none of a division.",
    hint: "Write two digits for a province, four for a city, six for a county, nine for a township.",
  },
  ANCHOR_EMPTY: {
    message: "There is no text that was read.",
    hint: "Give a mention of the last scan, or a range that holds text which is read.",
  },
  ANCHOR_INVALID: {
    message: "These are no selectors that can be used.",
    hint: "Give the selectors of a W3C Web Annotation, a TextQuoteSelector among them.",
  },
  RECORD_INVALID: {
    message: "What was found does not fit the page.",
    hint: "Scan again: the page has changed, or files of two versions were mixed.",
  },
  ARTICLE_UNIT: {
    message: "The article counts something else than UTF-16 units.",
    hint: "Annotate for UTF-16 units.",
  },
  ARTICLE_LENGTH: { message: "The article is not of this story.", hint: "Annotate the same text that is reviewed." },
  LOG_INVALID: { message: "The log of decisions cannot be read.", hint: "Hand in what the desk wrote, unchanged." },
  LOG_VERSION: {
    message: "The log of decisions is of another version.",
    hint: "Use the version that wrote it, or a newer one.",
  },
  LOG_FULL: { message: "There are too many decisions.", hint: "Review the parts of the story one by one." },
  DECISION_INVALID: { message: "A decision is not one.", hint: "docs/review.md says what a decision has." },
  TIME_INVALID: { message: "A time is not one.", hint: "Write it as 2026-11-24T05:30:00Z." },
  FILE_TOO_LARGE: { message: "The file is too large.", hint: "Export the stories one by one." },
  FILE_NOT_JSON: { message: "The file is not JSON, or was cut off.", hint: "Export it again." },
  FILE_UNKNOWN: {
    message: "There are no annotations in the file.",
    hint: "W3C Web Annotations are read, and what Hypothesis and Recogito export as JSON.",
  },
  FILE_TOO_MANY: { message: "The file has too many annotations.", hint: "Export the stories one by one." },
  ROSTER_TOO_LARGE: { message: "The roster's file is too large.", hint: "Load the part that the paper writes about." },
  ROSTER_TOO_MANY: { message: "The roster has too many rows.", hint: "Load the part that the paper writes about." },
  ROSTER_FORM: {
    message: "The roster is not of the form.",
    hint: "Write CSV with a heading that has name, or a JSON array of objects.",
  },
  ROSTER_NAME: { message: "A row of the roster has no name.", hint: "Write one name each, of at most 64 characters." },
  ROSTER_DATE: { message: "A day in the roster is not one.", hint: "Write it as 2026-03-05, 2026-03 or 2026." },
  ROSTER_RANK: { message: "A rank in the roster is no number.", hint: "Write a whole number, 1 for the first." },
  ROSTER_PERIOD: {
    message: "An office in the roster ends before it begins.",
    hint: "Write the first day in from and the last one in to.",
  },
  ROSTER_ENCODING: {
    message: "The roster is not in UTF-8.",
    hint: "Save it as UTF-8; in a spreadsheet, as CSV UTF-8.",
  },
  STORE_FAILED: {
    message: "The browser has not kept it.",
    hint: "It may not keep data for this site, or the disk is full; export before you leave.",
  },
  STORY_MISSING: { message: "No story is open.", hint: "Open one first." },
};
