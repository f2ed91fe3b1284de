/** @type {import("./locale.js").Locale} */
export default {
  language: "en",
  official: "Officials",
  person: "People",
  place: "Places",
  organization: "Organizations",
  legend: "Kinds of names",
  found: "Found: officials {official}, people {person}, places {place}, organizations {organization}.",
  once: "Named once in this text",
  times: "Named {count} times in this text; this is number {at}",
  previous: "Previous mention",
  next: "Next mention",
  close: "Close",
  "previous-mention": "Previous name",
  "next-mention": "Next name",
};
