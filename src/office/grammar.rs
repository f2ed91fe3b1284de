//! The grammar: from spans to posts, from posts to chains, from chains to people.
//!
//! A *post* is a title with the body and place before it. A *chain* is a run of posts that
//! 、 or 兼 joins. A chain is held by the people right after it or by the person before it.

use std::ops::Range;

use super::read::{Between, Space, read};
use super::standing::{Ruling, Standing, is_title, standing};
use super::words::{APPOINT, AS, BODY_END, BYLINE, MODIFIERS, OTHER_SUBJECT, REMOVE, TAILS, VERBS};
use crate::article::{Because, Rule};
use crate::tagger::{Label, Labelled};

/// The most bodies and places a verb may stand away from its person: 某某，生于某地，现任….
const VERB_REACH: usize = 6;

/// The most posts that are taken together: nobody holds more in one breath, and a chain of
/// any length before a list of any length would tie quadratically.
const LONGEST_CHAIN: usize = 12;

/// A title with what stands before it and belongs to it. Fields index the spans.
pub(super) struct Post {
    pub(super) title: usize,
    pub(super) body: Option<usize>,
    pub(super) place: Option<usize>,
    /// First span of the post: the title itself or the body or place before it.
    pub(super) first: usize,
    /// Words directly before the title that no span covers and that name a body.
    pub(super) before: String,
}

/// A person holds a post.
#[derive(Clone, Copy)]
pub(super) struct Tie {
    pub(super) person: usize,
    /// Index into [`Phrases::posts`].
    pub(super) post: usize,
}

/// How a title and what comes before it are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// By 、, 兼, a space or nothing.
    Close,
    /// By a comma.
    Comma,
}

/// How a chain follows the person before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rear {
    /// 王某局长.
    Touching,
    /// 王某，局长， and 王某（局长） and 王某 局长.
    Apposed,
    /// 王某任局长.
    Verb,
}

/// A text's spans, what stands between them, and the posts among them.
pub(super) struct Phrases<'a> {
    pub(super) text: &'a str,
    pub(super) spans: &'a [Labelled],
    /// What follows each span.
    pub(super) after: Vec<Between>,
    pub(super) posts: Vec<Post>,
    /// Posts joined closely, in order.
    pub(super) chains: Vec<Range<usize>>,
}

impl<'a> Phrases<'a> {
    pub(super) fn new(text: &'a str, spans: &'a [Labelled]) -> Self {
        let after = spans
            .iter()
            .enumerate()
            .map(|(i, span)| {
                let end = spans.get(i + 1).map_or(text.len(), |next| next.start as usize);
                Between::read(text.get(span.end as usize..end).unwrap_or(""))
            })
            .collect();
        let mut phrases = Phrases { text, spans, after, posts: Vec::new(), chains: Vec::new() };
        for (i, span) in spans.iter().enumerate() {
            if span.label == Label::Title {
                let post = phrases.post(i);
                phrases.posts.push(post);
            }
        }
        for i in 0..phrases.posts.len() {
            phrases.take_body_of_person(i);
            let continues = phrases.joint(i) == Some(Joint::Close);
            match phrases.chains.last_mut() {
                Some(chain) if continues && chain.len() < LONGEST_CHAIN => chain.end = i + 1,
                _ => phrases.chains.push(i..i + 1),
            }
        }
        phrases
    }

    /// Which posts are public offices, and why.
    pub(super) fn standings(&self) -> Vec<(bool, Because)> {
        let mut neighbours = None;
        let mut read_to = 0;
        let mut public = Vec::with_capacity(self.posts.len());
        for post in &self.posts {
            if (read_to..post.first).any(|i| self.after[i].ends_sentence()) {
                neighbours = None;
            }
            read_to = post.title;
            let body = post.body.map_or(String::new(), |i| self.read(i));
            let Ruling { standing, mut rule, word } = standing(&self.read(post.title), &post.before, &body);
            let is_public = match standing {
                Standing::ByTitle(public) => public,
                Standing::ByBody(public) => *neighbours.insert(public),
                Standing::Open => {
                    rule = neighbours.map_or(Rule::Assumed, |_| Rule::Neighbours);
                    neighbours.unwrap_or(true)
                }
            };
            public.push((is_public, Because { rule, word: word.to_owned() }));
        }
        public
    }

    fn label(&self, i: usize) -> Label {
        self.spans[i].label
    }

    fn is_body_or_place(&self, i: usize) -> bool {
        matches!(self.label(i), Label::Organization | Label::Place)
    }

    pub(super) fn is_person(&self, i: usize) -> bool {
        self.spans.get(i).is_some_and(|span| span.label == Label::Person)
    }

    /// The words of a span.
    pub(super) fn read(&self, i: usize) -> String {
        read(self.text.get(self.spans[i].start as usize..self.spans[i].end as usize).unwrap_or(""))
    }

    /// The post of the title at span `title`.
    fn post(&self, title: usize) -> Post {
        let mut post = Post { title, body: None, place: None, first: title, before: String::new() };
        let lead = self.words_before(&post);
        let clause = last_clause(&lead);
        let words = strip_modifiers(clause);
        post.before = body_words(words).to_owned();
        let Some(mut gap) = title.checked_sub(1).map(|i| &self.after[i]) else { return post };
        // 某某公司(以下简称“某某”)董事长.
        if title > 1
            && matches!(gap.words.as_str(), ")" | "”)")
            && self.label(title - 1) == Label::Organization
            && self.after[title - 2].words.starts_with('(')
            && self.after[title - 2].words.contains("称")
        {
            (post.body, post.first) = (Some(title - 1), title - 1);
            return post;
        }
        let mut bridged = !gap.far
            && clause.len() == gap.words.len()
            && (words.is_empty() || words == post.before || is_portfolio(words));
        while bridged && gap.space <= Space::Line && post.first > 0 {
            let i = post.first - 1;
            match self.label(i) {
                Label::Organization if post.body.is_none() => post.body = Some(i),
                Label::Place if post.place.is_none() => post.place = Some(i),
                _ => break,
            }
            post.first = i;
            let Some(before) = i.checked_sub(1) else { break };
            gap = &self.after[before];
            bridged = gap.touches(Space::None);
        }
        post
    }

    /// The body before a person whose title follows the name: 某某大学王某教授.
    fn take_body_of_person(&mut self, post: usize) {
        let title = self.posts[post].title;
        let Some(body) = title.checked_sub(2) else { return };
        if self.posts[post].first == title
            && self.is_person(title - 1)
            && self.is_body_or_place(body)
            && self.after[body].touches(Space::None)
            && self.after[title - 1].touches(Space::None)
            && !self.is_person(title + 1)
        {
            match self.label(body) {
                Label::Place => self.posts[post].place = Some(body),
                _ => self.posts[post].body = Some(body),
            }
        }
    }

    /// How a post is joined to the post before it, if it is.
    fn joint(&self, post: usize) -> Option<Joint> {
        let (before, this) = (&self.posts[post.checked_sub(1)?], &self.posts[post]);
        if this.first != before.title + 1 {
            return None;
        }
        let gap = &self.after[before.title];
        if gap.far || gap.space > Space::Line {
            return None;
        }
        let (joint, rest) = match gap.words.chars().next() {
            None => (Joint::Close, ""),
            Some(c @ ('、' | '兼' | '暨' | '/')) => (Joint::Close, &gap.words[c.len_utf8()..]),
            Some(',') => (Joint::Comma, &gap.words[1..]),
            Some(_) => (Joint::Close, &gap.words[..]),
        };
        let rest = strip_modifiers(rest);
        // Without a mark only white space, a modifier or nothing may stand between.
        let named = this.first == this.title && rest == this.before && rest.len() < gap.words.len();
        (rest.is_empty() || named).then_some(joint)
    }

    /// Every tie of the text.
    pub(super) fn ties(&self) -> Vec<Tie> {
        let ahead: Vec<Option<usize>> = self.chains.iter().map(|chain| self.person_ahead(chain)).collect();
        let mut ties = Vec::new();
        // People who already stand after a title of their own.
        let mut introduced = vec![false; self.spans.len()];
        // Whom each chain was tied to, for what a comma joins to it.
        let mut holder: Vec<Option<(usize, Option<Rear>)>> = vec![None; self.chains.len()];
        for (c, chain) in self.chains.iter().enumerate() {
            let mut front = chain.clone();
            let rear = self.rear(chain, &introduced);
            match (ahead[c], rear) {
                (Some(next), rear) => {
                    let first = &self.posts[chain.start];
                    let own = rear.filter(|(_, rear)| *rear == Rear::Touching && first.first == first.title);
                    let parted =
                        chain.len() > 1 || !self.after[self.posts[chain.end - 1].title].touches(Space::None);
                    if let Some((person, _)) = own
                        && parted
                        && !introduced[person]
                    {
                        // 甲局长、乙部 部长丙: the first title is the first person's.
                        ties.push(Tie { person, post: chain.start });
                        front.start += 1;
                        if front.is_empty() {
                            holder[c] = Some((person, Some(Rear::Touching)));
                            continue;
                        }
                    }
                    for person in self.people(next, &ahead, c) {
                        introduced[person] = true;
                        ties.extend(front.clone().map(|post| Tie { person, post }));
                    }
                    holder[c] = Some((next, None));
                }
                (None, Some((person, rear))) if self.rear_holds(chain, person, rear, &introduced) => {
                    ties.extend(chain.clone().map(|post| Tie { person, post }));
                    ties.extend(
                        self.shared_behind(chain, person, rear)
                            .flat_map(|person| chain.clone().map(move |post| Tie { person, post })),
                    );
                    holder[c] = Some((person, Some(rear)));
                }
                _ => {}
            }
        }
        self.tie_by_comma(&mut holder, &mut ties);
        ties
    }

    /// The person right after a chain, whom it introduces.
    fn person_ahead(&self, chain: &Range<usize>) -> Option<usize> {
        let (first, last) = (&self.posts[chain.start], &self.posts[chain.end - 1]);
        let person = last.title + 1;
        if !self.is_person(person) {
            return None;
        }
        let (gap, after) = (&self.after[last.title], &self.after[person]);
        if gap.far || gap.space > Space::Line {
            return None;
        }
        let holds = match gap.words.as_str() {
            "" => true,
            ":" => after.ends_clause() || after.words.is_empty(),
            "(" => after.words.starts_with(')'),
            "“" => after.words.starts_with('”'),
            "由" => ["担任", "兼任", "出任"].iter().any(|verb| after.words.starts_with(verb)),
            "是" | "为" | "叫" | "名叫" => after.ends_clause(),
            "," => ends_with_any(&self.words_before(first), AS),
            "后," | "之后," | "时," | "期间," | "以来," => {
                VERBS.contains(&last_clause(&self.words_before(first)))
            }
            // 曾任局长的王某.
            "的" => {
                let before = self.words_before(first);
                // 作为村妇联主席的王某: the body may stand between.
                let to_body = before.strip_suffix(first.before.as_str()).unwrap_or(&before);
                verb_at_end(&before).is_some() || ends_with_any(to_body, AS)
            }
            // 辞去副市长职务的王某.
            "职务的" | "一职的" => {
                let before = self.words_before(first);
                verb_at_end(&before).is_some() || ends_with_any(&before, REMOVE)
            }
            // A title the tagger passed over stands in between: 部长、国家土地总督察王某.
            words => words.starts_with(['、', '兼']) && words.chars().count() <= 14 && is_title(words),
        };
        holds.then_some(person)
    }

    /// The words between a post and the span before it, or the last of them.
    pub(super) fn words_before(&self, post: &Post) -> String {
        self.words_before_span(post.first)
    }

    pub(super) fn words_before_span(&self, i: usize) -> String {
        let start = i.checked_sub(1).map_or(0, |before| self.spans[before].end as usize);
        read(last_bytes(self.text.get(start..self.spans[i].start as usize).unwrap_or(""), 72))
    }

    /// The people of a list that begins with `first` and whom one title serves: 甲、乙和丙.
    fn people(&self, first: usize, ahead: &[Option<usize>], chain: usize) -> Vec<usize> {
        let mut people = vec![first];
        let spaced =
            self.after[first - 1].space == Space::Within || ends_with_any(&self.read(first - 1), BYLINE);
        let mut next_chain = chain + 1;
        let mut last = first;
        while self.is_person(last + 1) {
            let gap = &self.after[last];
            let joined = match strip_note(&gap.words) {
                "、" | "和" | "与" | "及" | "以及" | "暨" => gap.space <= Space::Line,
                "" => spaced && gap.space == Space::Within,
                _ => false,
            };
            if !joined || gap.far {
                break;
            }
            last += 1;
            // Whoever has a title of his own behind his name ends the list: 甲、乙局长.
            while next_chain < self.chains.len() && self.posts[self.chains[next_chain].start].first <= last {
                next_chain += 1;
            }
            let own = next_chain < self.chains.len()
                && self.posts[self.chains[next_chain].start].first == last + 1
                && ahead[next_chain].is_none()
                && self.after[last].touches(Space::None);
            if own {
                break;
            }
            people.push(last);
        }
        people
    }

    /// The person before a chain and how the chain follows, whatever comes after it.
    fn rear(&self, chain: &Range<usize>, introduced: &[bool]) -> Option<(usize, Rear)> {
        let post = &self.posts[chain.start];
        let before = post.first.checked_sub(1)?;
        let gap = &self.after[before];
        if gap.far || gap.ends_sentence() {
            return None;
        }
        if self.is_person(before) {
            match gap.words.as_str() {
                "" if gap.space == Space::None => return Some((before, Rear::Touching)),
                "" if gap.space == Space::Within => return Some((before, Rear::Apposed)),
                "," | "(" if gap.space <= Space::Line && !introduced[before] => {
                    return Some((before, Rear::Apposed));
                }
                "(" => return Some((before, Rear::Apposed)),
                words if counts_people(words) => return Some((before, Rear::Verb)),
                "的" | "同志" => return Some((before, Rear::Verb)),
                _ => {}
            }
        }
        // 某某(，…，)任: the verb stands right before the chain, the person further back.
        let (head, verb) = verb_at_end(&gap.words)?;
        let mut words = head.to_owned();
        let mut i = before;
        for _ in 0..=VERB_REACH {
            if self.is_person(i) {
                let appointed = ends_with_any(&self.words_before_span(self.list_begin(i)), APPOINT);
                let states = matches!(verb, "为" | "是" | "系" | "成为") && !appointed;
                let ends = self.after[self.posts[chain.end - 1].title].ends_clause();
                return (may_lead_to_verb(&words) && (!states || ends)).then_some((i, Rear::Verb));
            }
            if !self.is_body_or_place(i) || i == 0 || self.after[i - 1].ends_sentence() {
                return None;
            }
            words = format!("{}□{words}", self.after[i - 1].words);
            i -= 1;
        }
        None
    }

    /// Whether a chain that no person follows belongs to the person before it.
    fn rear_holds(&self, chain: &Range<usize>, person: usize, rear: Rear, introduced: &[bool]) -> bool {
        let (first, last) = (&self.posts[chain.start], &self.posts[chain.end - 1]);
        let after = &self.after[last.title];
        match rear {
            Rear::Touching if first.first < first.title => {
                !introduced[person] || after.words.starts_with("职务")
            }
            Rear::Touching => self.read(first.title) != "代表" || self.speaks(last.title),
            Rear::Apposed => match self.after[person].words.as_str() {
                "(" => after.words.starts_with(')'),
                _ => !introduced[person] && after.ends_clause(),
            },
            Rear::Verb => match self.after[person].words.as_str() {
                "的" => ["职务", "一职", "职位"].iter().any(|word| after.words.starts_with(word)),
                _ => true,
            },
        }
    }

    /// Whether 代表 after a name is a title, as in 王某代表说, and not the verb.
    fn speaks(&self, title: usize) -> bool {
        let gap = &self.after[title];
        gap.ends_clause()
            || [
                "说", "表示", "认为", "建议", "提出", "指出", "发言", "介绍", "告诉", "在", "的", "呼吁",
                "坦言",
            ]
            .iter()
            .any(|word| gap.words.starts_with(word))
    }

    /// The people before the last of a list that a chain behind it serves: 甲、乙两位局长, and
    /// 任命甲、乙为局长.
    fn shared_behind(&self, chain: &Range<usize>, last: usize, rear: Rear) -> Range<usize> {
        let gap = &self.after[last].words;
        let counted =
            self.posts[chain.start].first == last + 1 && (gap.ends_with("位") || gap.ends_with("名"));
        let first = self.list_begin(last);
        let decided = || {
            let before = self.words_before_span(first);
            let before = before.trim_end_matches(':');
            ends_with_any(before, APPOINT) || ends_with_any(before, REMOVE)
        };
        if counted || rear == Rear::Verb && decided() { first..last } else { last..last }
    }

    /// The first of the people whom 、 or 和 joins to this one.
    fn list_begin(&self, person: usize) -> usize {
        let joined = |i: &usize| {
            self.is_person(*i) && matches!(self.after[*i].words.as_str(), "、" | "和" | "与" | "及")
        };
        (0..person).rev().take_while(joined).last().unwrap_or(person)
    }

    /// Chains that a comma joins to one already tied: 市委常委，市公安局局长王某, and
    /// 王某，副市长，市公安局局长.
    fn tie_by_comma(&self, holder: &mut [Option<(usize, Option<Rear>)>], ties: &mut Vec<Tie>) {
        let by_comma = |c: usize| self.joint(self.chains[c].start) == Some(Joint::Comma);
        for c in (1..self.chains.len()).rev() {
            let first = &self.posts[self.chains[c - 1].start];
            if let (Some((person, None)), None) = (holder[c], holder[c - 1])
                && by_comma(c)
                && (first.body.is_some() || first.place.is_some())
            {
                ties.extend(self.chains[c - 1].clone().map(|post| Tie { person, post }));
                holder[c - 1] = holder[c];
            }
        }
        for c in 1..self.chains.len() {
            let last = &self.posts[self.chains[c].end - 1];
            if let (Some((person, Some(Rear::Apposed | Rear::Verb))), None) = (holder[c - 1], holder[c])
                && by_comma(c)
                && self.after[last.title].ends_clause()
            {
                ties.extend(self.chains[c].clone().map(|post| Tie { person, post }));
                holder[c] = holder[c - 1];
            }
        }
    }
}

/// The last of what a text holds, at most `most` bytes.
fn last_bytes(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

/// What follows the last punctuation mark.
pub(super) fn last_clause(words: &str) -> &str {
    let is_mark = |c: char| !c.is_alphanumeric() && c != '·' && c != '○' && c != '-';
    words.rfind(is_mark).map_or(words, |i| &words[i + words[i..].chars().next().map_or(0, char::len_utf8)..])
}

/// The words if they name a body, else nothing: 区公安分局, 街道党工委.
fn body_words(words: &str) -> &str {
    // 会议听取了某委员会: what is heard or seen is the body.
    let words = words.rsplit_once('了').map_or(words, |(_, behind)| behind);
    let words = AS.iter().find_map(|verb| words.strip_prefix(verb)).unwrap_or(words);
    let long = words.chars().count();
    if (2..=18).contains(&long) && ends_with_any(words, BODY_END) { words } else { "" }
}

/// True for what says which part of its body an office is for: 分管贸易(的).
fn is_portfolio(words: &str) -> bool {
    ["分管", "负责", "主管"].iter().any(|verb| words.starts_with(verb))
}

/// What is left when 原, 新任 and their like are gone from the end.
fn strip_modifiers(mut words: &str) -> &str {
    while let Some(rest) = MODIFIERS.iter().find_map(|modifier| words.strip_suffix(modifier)) {
        words = rest;
    }
    words
}

/// What is left of the words behind a name when a note in brackets is gone: （左三）、.
fn strip_note(words: &str) -> &str {
    match words.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((note, rest)) if note.chars().count() <= 8 => rest,
        _ => words,
    }
}

/// True for 两位, 等三名: what counts the people before a title.
fn counts_people(words: &str) -> bool {
    let count = words.strip_prefix('等').unwrap_or(words);
    count.strip_suffix(['位', '名']).is_some_and(|count| {
        let mut digits = count.chars();
        digits.next().is_some_and(|c| "两二三四五六七八九十几多".contains(c)) && digits.next().is_none()
    })
}

pub(super) fn ends_with_any(words: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| words.ends_with(end))
}

/// The verb that gives the office after it, and the words before the verb.
pub(super) fn verb_at_end(words: &str) -> Option<(&str, &'static str)> {
    let clause_start = words.len() - last_clause(words).len();
    let (at, verb) = VERBS
        .iter()
        .filter_map(|verb| words[clause_start..].rfind(verb).map(|at| (clause_start + at, *verb)))
        .max_by_key(|(at, verb)| (at + verb.len(), verb.len()))?;
    let (head, tail) = (&words[..at], &words[at + verb.len()..]);
    let part_of_word = verb == "任" && ends_with_any(head, &["责", "信", "主", "委", "胜", "放", "听"])
        || verb == "为" && ends_with_any(head, &["认", "因", "以", "称", "视", "作", "行"])
        || verb == "是" && ends_with_any(head, &["但", "于", "可", "不", "还", "只", "就", "要", "说"]);
    let tail = strip_modifiers(tail);
    let tail_fits = tail.chars().count() <= 10
        && (tail.is_empty() || ends_with_any(tail, BODY_END) || TAILS.contains(&tail));
    (!part_of_word && tail_fits).then_some((head, verb))
}

/// Whether the words between a person and a verb leave the person its subject. □ stands for
/// a body or place.
fn may_lead_to_verb(words: &str) -> bool {
    let clause = last_clause(words.trim_end_matches('□'));
    words.chars().count() <= 80
        && !words.contains(['“', '”', ':', '《'])
        && !OTHER_SUBJECT.iter().any(|word| words.contains(word))
        && !clause.contains("的")
}
