//! Laying decisions over a machine's article.

use std::collections::{BTreeMap, HashMap};

use super::answers::{Answers, Findings};
use super::log::{Entries, Entry};
use super::registers::{Registers, kind};
use super::walk::undone;
use super::{Action, Aspect, Conflict, EntityChoice, Lost, Mark, Note, OfficeChoice, Outcome, State, Why};
use crate::article::{Article, Span};

type Place = (u32, u32);

/// What can be disputed about a place, in the order it is told.
const ASPECTS: [Aspect; 5] = [Aspect::Existence, Aspect::Kind, Aspect::Span, Aspect::Entity, Aspect::Office];

/// What it all comes to. Depends on the set of decisions alone, not on the order they came in.
pub(super) fn replay(article: &Article, findings: &Findings, entries: &Entries) -> Outcome {
    let ordered = entries.ordered();
    let undone = undone(&ordered);
    let held = ordered.iter().copied().filter(|entry| !undone.contains(entry.decision.id.as_str()));

    let mut outcome = Outcome::default();
    let mut subjects = Subjects::default();
    let mut answers = Answers::of(findings);
    for entry in held {
        match (entry.place, &entry.decision.action) {
            (_, Action::Undo { .. }) => {}
            // What is said of a finding says nothing of a name.
            (_, Action::Accept { .. } | Action::Dismiss { .. }) => answers.add(entry),
            (None, Action::Note { .. }) => outcome.notes.extend(note(entry, None)),
            // A decision without a target is refused before it comes here.
            (None, _) => {}
            (Some(Ok(place)), _) => {
                if let Some(Err(why)) = entry.to {
                    outcome.orphans.push(Lost { decision: entry.decision.id.clone(), why });
                }
                subjects.add(place, entry);
            }
            (Some(Err(why)), _) => outcome.orphans.push(Lost { decision: entry.decision.id.clone(), why }),
        }
    }

    let machine: HashMap<Place, u32> =
        (0..).zip(&article.mentions).map(|(index, mention)| ((mention.start, mention.end), index)).collect();
    // With when each was decided on last: of two that overlap the newer one has the place.
    let mut human: Vec<(usize, Mark)> = Vec::new();
    for (place, registers) in &subjects.places {
        let mention = machine.get(place).copied();
        match judged(article, *place, mention, registers) {
            Ok(Some(mark)) => human.push((subjects.newest[place], mark)),
            // Nothing but notes, where there is no mark.
            Ok(None) => {
                let span = Span { start: place.0, end: place.1 };
                outcome.notes.extend(registers.entries().iter().filter_map(|entry| note(entry, Some(span))));
            }
            Err(why) => {
                let ids = registers.entries().iter().map(|entry| entry.decision.id.clone());
                outcome.orphans.extend(ids.map(|decision| Lost { decision, why }));
            }
        }
        for aspect in ASPECTS.into_iter().filter(|aspect| registers.disagree(*aspect)) {
            let decisions = ids(&registers.held(aspect));
            outcome.conflicts.push(Conflict { start: place.0, end: place.1, aspect, decisions });
        }
    }
    settle(human, &mut outcome);
    answers.tell(&mut outcome);

    let living: BTreeMap<u32, u32> =
        outcome.marks.iter().filter(|mark| is_living(mark)).map(|mark| (mark.start, mark.end)).collect();
    for (index, mention) in (0..).zip(&article.mentions) {
        let place = (mention.start, mention.end);
        let before = living.range(..mention.end).next_back();
        let taken = before.is_some_and(|(_, end)| *end > mention.start);
        if !taken && !subjects.marks(&place) {
            outcome.marks.push(open(article, index));
        }
    }
    for entry in entries.doubled() {
        let (start, end) = entry.place.and_then(Result::ok).unwrap_or_default();
        let decisions = vec![entry.decision.id.clone()];
        outcome.conflicts.push(Conflict { start, end, aspect: Aspect::Decision, decisions });
    }
    outcome.marks.sort_by_key(|mark| (mark.start, mark.end, mark.subject));
    outcome.notes.sort_by(|a, b| (a.time, &a.decision).cmp(&(b.time, &b.decision)));
    outcome.conflicts.sort_by(|a, b| {
        (a.start, a.end, a.aspect, &a.decisions).cmp(&(b.start, b.end, b.aspect, &b.decisions))
    });
    outcome.total = outcome.marks.len() as u32;
    outcome.checked = outcome.marks.iter().filter(|mark| mark.state != State::Open).count() as u32;
    outcome
}

/// The places that decisions are about.
#[derive(Default)]
struct Subjects<'a> {
    places: BTreeMap<Place, Registers<'a>>,
    /// Where spans went, and from where.
    moved: HashMap<Place, Place>,
    newest: HashMap<Place, usize>,
    count: usize,
}

impl<'a> Subjects<'a> {
    fn add(&mut self, place: Place, entry: &'a Entry) {
        // Who sees a name where its span has gone means that name.
        let subject = match self.moved.get(&place) {
            Some(origin) if !self.places.contains_key(&place) => *origin,
            _ => place,
        };
        if let Some(Ok(to)) = entry.to {
            self.moved.insert(to, subject);
        }
        self.count += 1;
        self.newest.insert(subject, self.count);
        self.places.entry(subject).or_default().push(entry);
    }

    /// True where a place is judged by humans and no longer only the machine's.
    fn marks(&self, place: &Place) -> bool {
        self.places.contains_key(place)
    }
}

/// The mark of a place that humans have decided on; `None` where they only noted something.
fn judged(
    article: &Article,
    place: Place,
    mention: Option<u32>,
    registers: &Registers<'_>,
) -> Result<Option<Mark>, Why> {
    let existence = registers.held(Aspect::Existence);
    if existence.is_empty() && mention.is_none() {
        return Ok(None);
    }
    let machine = mention.map(|index| &article.mentions[index as usize]);
    let rejected = existence.last().is_some_and(|entry| matches!(entry.decision.action, Action::Reject));
    let (kinds, spans) = (registers.held(Aspect::Kind), registers.held(Aspect::Span));
    let shown = registers.entries().iter().rev().find_map(|entry| entry.decision.kind);
    let set = kinds.last().and_then(|entry| kind(entry));
    let kind = set.or(machine.map(|mention| mention.kind)).or(shown).ok_or(Why::Gone)?;
    let (start, end) = spans.last().and_then(|entry| entry.to?.ok()).unwrap_or(place);
    let (entities, offices) = (registers.held(Aspect::Entity), registers.held(Aspect::Office));
    let entity = entities.last().and_then(|entry| match &entry.decision.action {
        Action::Entity { name, id } => Some(EntityChoice { name: name.clone(), id: id.clone() }),
        _ => None,
    });
    let office = offices.last().and_then(|entry| match &entry.decision.action {
        Action::Office { title, body, public } => {
            Some(OfficeChoice { title: title.clone(), body: body.clone(), public: *public })
        }
        _ => None,
    });
    let added = registers.entries().iter().any(|entry| matches!(entry.decision.action, Action::Add { .. }));
    let changed = entity.is_some()
        || office.is_some()
        || (start, end) != place
        || machine.map_or(shown, |mention| Some(mention.kind)).is_some_and(|was| was != kind);
    let state = match () {
        () if existence.is_empty() => State::Open,
        () if rejected => State::Rejected,
        () if added && machine.is_none() => State::Added,
        () if changed => State::Changed,
        () => State::Confirmed,
    };
    let mut holding: Vec<String> =
        ASPECTS.into_iter().flat_map(|aspect| ids(&registers.held(aspect))).collect();
    holding.sort_unstable();
    holding.dedup();
    Ok(Some(Mark {
        start,
        end,
        kind,
        state,
        score: machine.map(|mention| mention.score),
        mention,
        subject: Span { start: place.0, end: place.1 },
        entity,
        office,
        notes: registers.entries().iter().filter_map(|entry| note(entry, None)).collect(),
        decisions: ids(registers.entries()),
        holding,
        conflicts: ASPECTS.into_iter().filter(|aspect| registers.disagree(*aspect)).collect(),
    }))
}

/// Gives every place to the newest of the living marks that want it; the others tell the conflict.
fn settle(mut human: Vec<(usize, Mark)>, outcome: &mut Outcome) {
    human.sort_by_key(|(newest, _)| std::cmp::Reverse(*newest));
    let mut taken: BTreeMap<u32, (u32, usize)> = BTreeMap::new();
    for (_, mut mark) in human {
        if is_living(&mark) {
            let before = taken.range(..mark.end).next_back();
            if let Some((_, (_, rival))) = before.filter(|(_, (end, _))| *end > mark.start) {
                mark.state = State::Rejected;
                mark.conflicts.push(Aspect::Overlap);
                let decisions = [&mark.decisions[..], &outcome.marks[*rival].decisions].concat();
                let (start, end) = (mark.start, mark.end);
                outcome.conflicts.push(Conflict { start, end, aspect: Aspect::Overlap, decisions });
            } else {
                taken.insert(mark.start, (mark.end, outcome.marks.len()));
            }
        }
        outcome.marks.push(mark);
    }
    let covered = |mark: &Mark| {
        let before = taken.range(..mark.end).next_back();
        mark.state == State::Open && before.is_some_and(|(_, (end, _))| *end > mark.start)
    };
    // The machine's mention gives way, but what was noted there does not.
    for mark in outcome.marks.extract_if(.., |mark| covered(mark)) {
        let span = Some(mark.subject);
        outcome.notes.extend(mark.notes.into_iter().map(|note| Note { span, ..note }));
    }
}

fn is_living(mark: &Mark) -> bool {
    mark.state != State::Rejected && mark.state != State::Open
}

/// A mark of which only the machine speaks.
fn open(article: &Article, index: u32) -> Mark {
    let mention = &article.mentions[index as usize];
    Mark {
        start: mention.start,
        end: mention.end,
        kind: mention.kind,
        state: State::Open,
        score: Some(mention.score),
        mention: Some(index),
        subject: Span { start: mention.start, end: mention.end },
        entity: None,
        office: None,
        notes: Vec::new(),
        decisions: Vec::new(),
        holding: Vec::new(),
        conflicts: Vec::new(),
    }
}

fn ids(entries: &[&Entry]) -> Vec<String> {
    entries.iter().map(|entry| entry.decision.id.clone()).collect()
}

fn note(entry: &Entry, span: Option<Span>) -> Option<Note> {
    let Action::Note { text } = &entry.decision.action else { return None };
    let decision = &entry.decision;
    Some(Note {
        decision: decision.id.clone(),
        author: decision.author.clone(),
        time: decision.time,
        text: text.clone(),
        span,
    })
}
