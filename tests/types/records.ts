// What an article consists of, down to the last property.

import type {
  Article,
  Division,
  Entity,
  Home,
  Kind,
  Mention,
  Office,
  Open,
  Post,
  Reference,
  Title,
} from "mingzhu";

/** Names what is of each kind; a kind that is new is an error here. */
const NAMES: Record<Kind, string> = { official: "官员", person: "人物", place: "地点", organization: "机构" };

/** The same for why something is open. */
const REASONS: Record<Open, string> = {
  unknown: "no such place",
  ambiguous: "several",
  "no-home": "nothing says where it is",
  "other-level": "no such level",
};

export function told(text: string, article: Article): string[] {
  const version: number = article.version;
  const unit: "utf16" = article.unit;
  const length: number = article.length;
  const date: string | undefined = article.date;
  return [
    `${version} ${unit} ${length} ${date}`,
    ...article.mentions.map((mention) => ofMention(text, mention, article.entities)),
    ...article.titles.map((title) => ofTitle(text, title)),
    ...article.offices.map((office) => ofOffice(text, office, article)),
    ...article.entities.map(ofEntity),
    ...article.references.map((reference) => ofReference(text, reference)),
    article.home ? ofHome(article.home) : "",
    JSON.stringify(article),
    ofRecord(article.toJSON()),
  ];
}

function ofMention(text: string, { start, end, kind, score, entity }: Mention, entities: readonly Entity[]): string {
  return `${text.slice(start, end)} ${NAMES[kind]} ${score.toFixed(2)} ${entities[entity]?.name}`;
}

function ofTitle(text: string, { start, end, score }: Title): string {
  return `${text.slice(start, end)} ${score.toFixed(2)}`;
}

function ofOffice(text: string, office: Office, { mentions, titles }: Article): string {
  const title = titles[office.title];
  const place = office.place === undefined ? undefined : mentions[office.place];
  const body = office.body === undefined ? undefined : mentions[office.body];
  const rule: "title" | "body" | "neighbours" | "assumed" = office.because.rule;
  const spans = office.evidence.map(({ start, end }) => text.slice(start, end));
  const held: boolean = office.public;
  return [mentions[office.person]?.kind, title?.start, place?.start, body?.start, held, rule, office.because.word, ...spans]
    .concat(office.posts.map(ofPost))
    .join();
}

function ofPost({ name, status, body, division }: Post): string {
  const held: "acting" | "appointed" | "designate" | "former" | "removed" | undefined = status;
  return [name, held ?? "current", body, division && ofDivision(division)].join();
}

function ofDivision({ code, path }: Division): string {
  return `${code.toFixed()} ${path.split("/").at(-1)}`;
}

function ofEntity({ kind, name, aliases, mentions, offices, division, open }: Entity): string {
  const first: number | undefined = mentions[0];
  const office: number | undefined = offices?.[0];
  return [NAMES[kind], name, aliases?.join(), first, office, division && ofDivision(division), open && REASONS[open]].join();
}

function ofReference(text: string, reference: Reference): string {
  const { start, end, kind, name, division, entity, confidence, open } = reference;
  const meant: "place" | "organization" = kind;
  const which: number | undefined = entity;
  return [text.slice(start, end), meant, name, division && ofDivision(division), which, confidence, open && REASONS[open]].join();
}

function ofHome(home: Home): string {
  const division: Division = home;
  const evidence: "context" | "publisher" | "masthead" | "dateline" | "places" = home.evidence;
  return `${ofDivision(division)} ${evidence} ${home.confidence.toFixed(2)}`;
}

/** The plain record: what the article has, under the same names. */
function ofRecord(record: ReturnType<Article["toJSON"]>): string {
  const { version, unit, length, date, mentions, titles, offices, entities, references, home } = record;
  const same: Omit<Article, "toJSON"> = { version, unit, length, date, mentions, titles, offices, entities, references, home };
  return Object.keys(same).join();
}
