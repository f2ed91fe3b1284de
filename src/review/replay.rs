//! Laying decisions over a machine's article.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::answers::{Answers, Findings};
use super::log::{Entries, Entry};
use super::registers::{Registers, kind};
use super::walk::undone;
use super::{
    Action, Aspect, Conflict, Decision, EntityChoice, Lost, Mark, Note, OfficeChoice, Outcome, State, Why,
};
use crate::article::{Article, Span};

pub(super) type Place = (u32, u32);

/// What can be disputed about a place, in the order it is told.
const ASPECTS: [Aspect; 5] = [Aspect::Existence, Aspect::Kind, Aspect::Span, Aspect::Entity, Aspect::Office];

/// What is decided of places that no mark tells.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Where spans went, and from where.
    pub moved: HashMap<Place, Place>,
    /// What was decided at a place and means a name that had gone there.
    pub meant: HashMap<Place, Vec<String>>,
    /// What holds of names that nobody could say the kind of.
    pub gone: HashMap<Place, Vec<String>>,
}

/// A mark that humans have decided on, with what was decided.
struct Human<'a> {
    mark: Mark,
    /// What holds.
    holding: Vec<&'a Entry>,
    all: Vec<&'a Entry>,
}

impl Human<'_> {
    /// When the last one that holds was decided: of two that overlap the newer one has the place.
    fn newest(&self) -> usize {
        self.holding.last().map_or(0, |entry| entry.position)
    }
}

/// What it all comes to. Depends on the set of decisions alone, not on the order they came in.
pub(super) fn replay(article: &Article, findings: &Findings, entries: &Entries) -> (Outcome, Places) {
    let ordered = entries.ordered();
    let undone = undone(&ordered);
    let held = ordered.iter().copied().filter(|entry| !undone.contains(entry.decision.id.as_str()));

    let mut outcome = Outcome::default();
    let mut subjects = Subjects::default();
    let mut answers = Answers::of(findings);
    for entry in held {
        match (entry.place, &entry.decision.action) {
            (_, action) if action.is_undo() => {}
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
    let mut places = Places::default();
    let mut human: Vec<Human<'_>> = Vec::new();
    for (place, registers) in &subjects.places {
        let mention = machine.get(place).copied();
        let holding = holding(registers);
        match judged(article, *place, mention, registers, &holding) {
            Ok(Some(mark)) => human.push(Human { mark, holding, all: registers.entries().to_vec() }),
            // Nothing but notes, where there is no mark.
            Ok(None) => {
                let span = Span { start: place.0, end: place.1 };
                outcome.notes.extend(registers.entries().iter().filter_map(|entry| note(entry, Some(span))));
            }
            Err(why) => {
                let ids = registers.entries().iter().map(|entry| entry.decision.id.clone());
                outcome.orphans.extend(ids.map(|decision| Lost { decision, why }));
                places.gone.insert(*place, self::ids(&holding));
            }
        }
        for aspect in ASPECTS.into_iter().filter(|aspect| registers.disagree(*aspect)) {
            let decisions = ids(&registers.held(aspect));
            outcome.conflicts.push(Conflict { start: place.0, end: place.1, aspect, decisions });
        }
    }
    settle(human, &mut outcome);
    answers.tell(&mut outcome);

    let living = outcome.marks.iter().filter(|mark| mark.state.is_living());
    let living: BTreeMap<u32, u32> = living.map(|mark| (mark.start, mark.end)).collect();
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
    places.moved = subjects.moved;
    places.meant = subjects.meant;
    (outcome, places)
}

/// The places that decisions are about.
#[derive(Default)]
struct Subjects<'a> {
    places: BTreeMap<Place, Registers<'a>>,
    /// Where spans are that went somewhere, and from where.
    moved: HashMap<Place, Place>,
    /// Where each of them is.
    went: HashMap<Place, Place>,
    /// What was decided at a place and means a name that had gone there.
    meant: HashMap<Place, Vec<String>>,
}

impl<'a> Subjects<'a> {
    fn add(&mut self, place: Place, entry: &'a Entry) {
        // Who sees a name where its span has gone means that name.
        let subject = match self.moved.get(&place) {
            Some(origin) if !self.places.contains_key(&place) => *origin,
            _ => place,
        };
        if subject != place {
            self.meant.entry(place).or_default().push(entry.decision.id.clone());
        }
        if let Some(Ok(to)) = entry.to {
            // Where it was before it is no longer.
            if let Some(before) =
                self.went.insert(subject, to).filter(|at| self.moved.get(at) == Some(&subject))
            {
                self.moved.remove(&before);
            }
            self.moved.insert(to, subject);
        }
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
    holding: &[&Entry],
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
        holding: ids(holding),
        conflicts: ASPECTS.into_iter().filter(|aspect| registers.disagree(*aspect)).collect(),
    }))
}

/// What holds of a place in any aspect, in order.
fn holding<'a>(registers: &Registers<'a>) -> Vec<&'a Entry> {
    let mut holding: Vec<&Entry> = ASPECTS.into_iter().flat_map(|aspect| registers.held(aspect)).collect();
    holding.sort_unstable_by_key(|entry| entry.position);
    holding.dedup_by_key(|entry| entry.position);
    holding
}

/// Gives every place to the newest of the living marks that want it. The others are covered; where those who
/// gave it had not seen them, that is a conflict.
fn settle(mut human: Vec<Human<'_>>, outcome: &mut Outcome) {
    human.sort_by_key(|human| std::cmp::Reverse(human.newest()));
    let mut taken: BTreeMap<u32, (u32, usize)> = BTreeMap::new();
    let mut marks = Vec::with_capacity(human.len());
    let mut seen: HashMap<usize, Seen<'_>> = HashMap::new();
    for (at, one) in human.iter().enumerate() {
        let mut mark = one.mark.clone();
        if mark.state.is_living() {
            let before = taken.range(..mark.end).rev().map(|(_, taken)| *taken);
            let rivals: Vec<usize> =
                before.take_while(|(end, _)| *end > mark.start).map(|(_, rival)| rival).collect();
            if rivals.is_empty() {
                taken.insert(mark.start, (mark.end, at));
            } else {
                mark.state = State::Covered;
            }
            for rival in rivals {
                let seen = seen.entry(rival).or_insert_with(|| Seen::by(&human[rival]));
                let unseen = one.holding.iter().copied().filter(|entry| !seen.has(entry));
                let mut decisions = ids(&unseen.collect::<Vec<_>>());
                if decisions.is_empty() {
                    continue;
                }
                decisions.extend(human[rival].mark.holding.last().cloned());
                if !mark.conflicts.contains(&Aspect::Overlap) {
                    mark.conflicts.push(Aspect::Overlap);
                }
                let (start, end) = (mark.start, mark.end);
                outcome.conflicts.push(Conflict { start, end, aspect: Aspect::Overlap, decisions });
            }
        }
        marks.push(mark);
    }
    outcome.marks = marks;
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

/// What those who decided on a mark had before their eyes.
struct Seen<'a> {
    /// When each of those who sign decided last.
    authors: HashMap<&'a str, usize>,
    named: HashSet<&'a str>,
}

impl<'a> Seen<'a> {
    fn by(human: &Human<'a>) -> Self {
        let decided = human.all.iter().filter(|entry| !matches!(entry.decision.action, Action::Note { .. }));
        let signed = decided.clone().filter(|entry| !entry.decision.author.is_empty());
        Seen {
            // In order, so the last one stays.
            authors: signed.map(|entry| (entry.decision.author.as_str(), entry.position)).collect(),
            named: decided.flat_map(|entry| entry.decision.named()).collect(),
        }
    }

    fn has(&self, entry: &Entry) -> bool {
        let Decision { id, author, .. } = &entry.decision;
        self.named.contains(id.as_str())
            || self.authors.get(author.as_str()).is_some_and(|last| *last > entry.position)
    }
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
