//! Who holds what, once humans have said who is who.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::OfficeChoice;
use super::{Reviewed, span};
use crate::article::{Article, Because, Kind, Office, Post, Rule, Span, Title};
use crate::office::{attach, posts_of};
use crate::tagger::{Label, Labelled};

/// A person's mention and a title.
type Tie = (u32, u32);

/// A title with the body and the place before it.
type Seat = (u32, Option<u32>, Option<u32>);

fn seat(office: &Office) -> Seat {
    (office.title, office.body, office.place)
}

impl Reviewed<'_> {
    /// Puts titles and offices into an article that has its mentions.
    pub(super) fn offices(&self, article: &mut Article) {
        let (titles, place) = self.titles();
        article.titles = titles;
        // The machine knows more of an office than its words say: where the article is, which body that makes it.
        let mut kept: BTreeMap<Tie, Office> = BTreeMap::new();
        let mut lost: HashSet<Tie> = HashSet::new();
        let mut shared: HashMap<Seat, Vec<Post>> = HashMap::new();
        for office in &self.machine.offices {
            if let Some(office) = self.kept(office, &place) {
                shared.insert(seat(&office), office.posts.clone());
                kept.insert((office.person, office.title), office);
            } else if let (Some(person), Some(title)) =
                (self.place.get(&office.person), place.get(&office.title))
            {
                lost.insert((*person, *title));
            }
        }
        for mut office in self.read(article) {
            let tie = (office.person, office.title);
            let is_humans = |mention: Option<u32>| mention.is_some_and(|mention| !self.is_machines(mention));
            // A body that a human has marked tells more than the machine knew.
            let gained = is_humans(office.body) || is_humans(office.place);
            let known = kept.contains_key(&tie);
            if gained || !known && (is_humans(Some(office.person)) || lost.contains(&tie)) {
                // One title over several people is of one body.
                if let Some(posts) = shared.get(&seat(&office)) {
                    office.posts.clone_from(posts);
                }
                kept.insert(tie, office);
            }
        }
        article.offices = kept.into_values().collect();
        self.chosen(article);
    }

    /// A machine's office where it is now; `None` where any of what it rests on is no more what it was.
    fn kept(&self, office: &Office, titles: &HashMap<u32, u32>) -> Option<Office> {
        let person = *self.place.get(&office.person)?;
        let mark = self.marks[person as usize];
        // Whoever corrects how far a name goes does not say that it is somebody else.
        if !mark.kind.is_human() {
            return None;
        }
        let named = |mention: Option<u32>| match mention {
            None => Some(None),
            Some(was) => {
                let now = *self.place.get(&was)?;
                self.is_machines(now).then_some(Some(now))
            }
        };
        let title = *titles.get(&office.title)?;
        let (body, place) = (named(office.body)?, named(office.place)?);
        Some(Office { person, title, body, place, ..office.clone() })
    }

    /// The offices that the words say.
    fn read(&self, article: &Article) -> Vec<Office> {
        let labelled = |start: u32, end: u32, label: Label, score: f32| Labelled {
            start: self.words.byte(start),
            end: self.words.byte(end),
            label,
            score,
        };
        let label = |kind: Kind| match kind {
            Kind::Official | Kind::Person => Label::Person,
            Kind::Place => Label::Place,
            Kind::Organization => Label::Organization,
        };
        let mentions = article.mentions.iter();
        let mut spans: Vec<Labelled> = mentions
            .map(|mention| labelled(mention.start, mention.end, label(mention.kind), mention.score))
            .chain(
                article
                    .titles
                    .iter()
                    .map(|title| labelled(title.start, title.end, Label::Title, title.score)),
            )
            .collect();
        spans.sort_by_key(|span| span.start);
        let mut offices = attach(&self.words.text, &spans).offices;
        for span in offices.iter_mut().flat_map(|office| &mut office.evidence) {
            *span = Span { start: self.words.unit(span.start), end: self.words.unit(span.end) };
        }
        offices
    }

    /// Lays the offices that humans gave over those that were read.
    fn chosen(&self, article: &mut Article) {
        let chosen: Vec<(u32, &OfficeChoice)> = (0..)
            .zip(&self.marks)
            .filter_map(|(person, mark)| Some((person, mark.office.as_ref()?)))
            .filter(|(person, _)| self.marks[*person as usize].kind.is_human())
            .collect();
        if chosen.is_empty() {
            return;
        }
        let people: HashSet<u32> = chosen.iter().map(|(person, _)| *person).collect();
        let (replaced, mut offices): (Vec<Office>, Vec<Office>) = std::mem::take(&mut article.offices)
            .into_iter()
            .partition(|office| people.contains(&office.person));
        for (person, choice) in chosen {
            let mark = self.marks[person as usize];
            let words = |title: &Title| self.words.plain(title.start, title.end);
            let said = replaced
                .iter()
                .find(|office| {
                    office.person == person && words(&article.titles[office.title as usize]) == choice.title
                })
                .map(|office| office.title);
            let title = said.unwrap_or_else(|| {
                article.titles.push(Title { start: mark.start, end: mark.end, score: 1.0 });
                article.titles.len() as u32 - 1
            });
            offices.push(office(person, title, choice, mark.kind, span(mark)));
        }
        offices.sort_unstable_by_key(|office| (office.person, office.title));
        article.offices = offices;
    }
}

/// An office as a human gave it: that it was given is what shows it.
fn office(person: u32, title: u32, choice: &OfficeChoice, kind: Kind, name: Span) -> Office {
    let posts = posts_of(&choice.title);
    let posts = posts.into_iter().map(|post| Post { body: choice.body.clone(), ..post }).collect();
    Office {
        person,
        title,
        body: None,
        place: None,
        public: choice.public.unwrap_or(kind == Kind::Official),
        because: Because { rule: Rule::Assumed, word: choice.title.clone() },
        posts,
        evidence: vec![name],
    }
}
