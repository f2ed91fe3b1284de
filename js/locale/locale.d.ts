/** The words of the interface. Values in braces are put in. */
export interface Locale {
  /** BCP 47. */
  language: string;
  official: string;
  person: string;
  place: string;
  organization: string;
  /** On a card. */
  "one-official": string;
  "one-person": string;
  "one-place": string;
  "one-organization": string;
  /** Name of the group of filter buttons. */
  legend: string;
  /** The one announcement: `{official}`, `{person}`, `{place}`, `{organization}`. */
  found: string;
  /** In a card: named once. */
  once: string;
  /** In a card: `{at}` of `{count}`. */
  times: string;
  /** In the card of a reference: `{words}`, such as 我市. */
  refers: string;
  /** The same where nothing says what is meant. */
  "refers-open": string;
  /** In a card, of a post that is not simply held. */
  "status-acting": string;
  "status-appointed": string;
  "status-designate": string;
  "status-former": string;
  "status-removed": string;
  previous: string;
  next: string;
  close: string;
  "previous-mention": string;
  "next-mention": string;
  /** Above the index: the label of the search. */
  search: string;
  "search-none": string;
  /** `{count}` entries. */
  "search-found": string;
}

declare const locale: Locale;
export default locale;
