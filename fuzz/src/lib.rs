//! What is done with hostile input, and what must hold whatever it is: one function for each target. They are run by
//! cargo-fuzz (`fuzz_targets/`) and, on seeds that are damaged at random, by `tests/hostile.rs`.

use std::sync::LazyLock;

use mingzhu::anchor::{self, Anchor, Selector};
use mingzhu::asset::{Asset, AssetKind};
use mingzhu::exchange::{About, annotations, claims, read, read_for, report, table};
use mingzhu::gazetteer::Gazetteer;
use mingzhu::review::{Action, Decision, Log, Moment, Outcome, Review, State};
use mingzhu::roster::{Confusables, Roster, check};
use mingzhu::{Annotator, Article, Assets, Date, Entry, Kind, Mention, OffsetUnit, Term};

/// Parts a seed that has two.
const BORDER: char = '\u{1E}';

/// The story that files and logs are about.
const STORY: &str = "云泽日报讯 副市长陈立群在会上发言，陈立群要求抓好落实。\n\n市教育局局长周怀远主持会议。𠮷田先生到会，陈立郡也在。\n\n会后，周怀远和陈立群到海陵区走访。";

/// Files of assets, as they are published.
struct Files {
    dictionary: Vec<u8>,
    gazetteer: Vec<u8>,
    model: Vec<u8>,
}

static FILES: LazyLock<Files> = LazyLock::new(|| Files {
    dictionary: asset_file("dictionary.mz"),
    gazetteer: asset_file("gazetteer.mz"),
    model: asset_file("model.mz"),
});

static CONFUSABLES: LazyLock<Confusables> = LazyLock::new(|| {
    Confusables::load("confusables.mz", &asset_file("confusables.mz")).expect("it is published")
});

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| {
    let Files { dictionary, gazetteer, model } = &*FILES;
    Annotator::load(Assets { dictionary, gazetteer, model }).expect("they are published")
});

fn asset_file(name: &str) -> Vec<u8> {
    // Compiled in `fuzz/` and in `tests/`; both are run from the folder of their Cargo.toml, or below it.
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths = [here.join("assets").join(name), here.join("../assets").join(name)];
    paths.iter().find_map(|path| std::fs::read(path).ok()).expect("assets/ is there")
}

/// Two parts of an input.
fn parted(data: &[u8]) -> (String, String) {
    let text = String::from_utf8_lossy(data);
    match text.split_once(BORDER) {
        Some((first, second)) => (first.to_owned(), second.to_owned()),
        None => (text.clone().into_owned(), text.into_owned()),
    }
}

/// The story as a machine may have read it.
fn review() -> Review {
    let length = STORY.encode_utf16().count() as u32;
    let mut article = Article { unit: OffsetUnit::Utf16, ..Article::empty(length) };
    for (start, end, kind) in [(0, 4, Kind::Organization), (9, 12, Kind::Official), (37, 40, Kind::Person)] {
        article.mentions.push(Mention { start, end, kind, score: 0.75, entity: 0 });
    }
    Review::new(STORY, article, Log::default()).expect("it is of this story")
}

/// What an outcome promises.
fn sound(outcome: &Outcome, log: &Log) {
    let living = |state: State| !matches!(state, State::Rejected | State::Covered);
    let shown: Vec<_> = outcome.marks.iter().filter(|mark| living(mark.state)).collect();
    assert!(shown.windows(2).all(|pair| pair[0].end <= pair[1].start));
    assert!(outcome.marks.is_sorted_by_key(|mark| mark.start));
    assert!(outcome.marks.iter().all(|mark| mark.start < mark.end));
    assert_eq!(outcome.total as usize, outcome.marks.len());
    assert!(outcome.orphans.len() <= 2 * log.decisions.len());
}

/// A file of annotations is refused whole or taken in, and what it comes to can be written and read again.
pub fn exchange(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut review = review();
    let imported = match read_for(&text, &review) {
        Ok(imported) => imported,
        Err(error) => return assert!(!error.code().is_empty() && !error.hint().is_empty()),
    };
    let new = review.unknown(&imported.log);
    if review.merge(imported.log).is_err() {
        return assert_eq!(review.log(), Log::default());
    }
    sound(review.outcome(), &review.log());
    let about = About { source: "https://news.example/1".into(), title: "会议".into(), date: None };
    let written = annotations::write(&review, &about).to_string();
    assert_eq!(read(&written).expect("it was written here").log, review.log());
    // The same file once more changes nothing.
    let before = review.log();
    if let Ok(again) = read_for(&text, &review) {
        review.merge(again.log).expect("it was taken before");
        assert_eq!(review.log(), before);
    }
    table::write(&review);
    claims::write(&review, &about, &claims::Verdicts::default());
    report::write(&review, STORY, &about, &report::Words::new());
    withdrawn(&mut review, new);
}

/// Takes back what an import has brought: as if it had never been.
fn withdrawn(review: &mut Review, decisions: Vec<String>) {
    let before = self::review();
    let withdraw = Decision {
        id: "withdraw by the fuzzer".into(),
        author: String::new(),
        time: Moment::default(),
        target: Vec::new(),
        kind: None,
        action: Action::Withdraw { decisions },
        reason: None,
        replaces: Vec::new(),
    };
    // Where the log says something of this id, or is full, or has more than can be taken back at once.
    let doubled = review.log().decisions.iter().any(|decision| {
        let named = serde_json::to_string(decision).unwrap_or_default();
        named.contains("withdraw by the fuzzer")
    });
    if !doubled && review.decide(withdraw).is_ok() {
        let conflicts = &review.outcome().conflicts;
        // Two decisions of one id are told as long as both are there.
        assert!(conflicts.iter().all(|conflict| conflict.aspect == mingzhu::review::Aspect::Decision));
        assert_eq!(review.outcome().marks, before.outcome().marks);
    }
}

/// A log is refused whole or laid over a story, to the same whatever comes first.
pub fn log(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let log = match Log::from_json(&text) {
        Ok(log) => log,
        Err(error) => return assert!(!error.code().is_empty() && !error.hint().is_empty()),
    };
    let mut forwards = review();
    if forwards.merge(log.clone()).is_err() {
        return assert_eq!(forwards.log(), Log::default());
    }
    sound(forwards.outcome(), &log);
    let json = serde_json::to_string(&forwards.log()).expect("it is plain data");
    assert_eq!(Log::from_json(&json).expect("it was written here"), forwards.log());
    let mut backwards = review();
    for decision in log.decisions.iter().rev().take(64) {
        backwards.merge(Log::from(vec![decision.clone()])).expect("it was taken before");
    }
    backwards.merge(log.clone()).expect("it was taken before");
    assert_eq!(backwards.outcome(), forwards.outcome());
    for author in log.decisions.iter().take(8).map(|decision| decision.author.as_str()) {
        for id in [forwards.undo_of(author), forwards.redo_of(author)].into_iter().flatten() {
            assert!(forwards.decision(id).is_some_and(|decision| decision.author == author));
        }
    }
    has_the_last_word(&mut forwards, &log);
}

/// Who has seen everything at a place, and answers it, is right.
fn has_the_last_word(review: &mut Review, log: &Log) {
    let id = "last by the fuzzer";
    let Some(subject) = review.outcome().marks.first().map(|mark| mark.subject) else { return };
    if serde_json::to_string(log).is_ok_and(|log| log.contains(id)) {
        return;
    }
    let last = Decision {
        id: id.into(),
        author: "王五".into(),
        time: Moment::default(),
        target: review.target_of(subject.start, subject.end),
        kind: None,
        action: Action::Kind { kind: Kind::Place },
        reason: None,
        replaces: review.seen(subject.start, subject.end).into_iter().map(str::to_owned).collect(),
    };
    // It may be white space alone, or have some at its ends; and the log may be full.
    let exact = |selector: &Selector| match selector {
        Selector::TextQuoteSelector { exact, .. } => exact.encode_utf16().count() as u32,
        _ => 0,
    };
    let whole = last.target.iter().map(exact).sum::<u32>() == subject.end - subject.start;
    if whole && review.decide(last).is_ok() {
        let mark = review.outcome().marks.iter().find(|mark| mark.decisions.iter().any(|other| other == id));
        assert!(mark.is_some_and(|mark| mark.kind == Kind::Place && mark.state != State::Rejected));
    }
}

/// A roster is refused with the place where it is wrong, or read, and any story can be checked against it.
pub fn roster(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let roster = match Roster::read(&text) {
        Ok(roster) => roster,
        Err(error) => {
            let (line, column) = error.place().unwrap_or((1, 1));
            assert!(line >= 1 && column >= 1 && !error.hint().is_empty());
            return;
        }
    };
    for row in roster.rows() {
        assert!(!row.name.is_empty());
    }
    static ARTICLE: LazyLock<Article> =
        LazyLock::new(|| ANNOTATOR.annotate(STORY).expect("it is short").with_unit(STORY, OffsetUnit::Utf16));
    let length = STORY.encode_utf16().count() as u32;
    for finding in check(STORY, &ARTICLE, Some(&roster), &CONFUSABLES, None) {
        assert!(!finding.spans.is_empty());
        let all = finding.spans.iter().chain(&finding.evidence);
        assert!(all.clone().all(|span| span.start < span.end && span.end <= length), "{finding:?}");
        assert!((0.0..=1.0).contains(&finding.confidence));
    }
}

/// The same file with the header that belongs to its content: else nothing behind the checksum is ever read.
fn forged(data: &[u8]) -> Option<Vec<u8>> {
    let mut file = data.to_vec();
    let (header, content) = file.split_at_mut_checked(24)?;
    header[16..20].copy_from_slice(&crc32fast::hash(content).to_le_bytes());
    header[20..24].copy_from_slice(&(content.len() as u32).to_le_bytes());
    Some(file)
}

/// How characters sound and look.
pub fn confusables(data: &[u8]) {
    for file in [Some(data.to_vec()), forged(data)].into_iter().flatten() {
        let Ok(known) = Confusables::load("confusables.mz", &file) else { continue };
        let some = ['杰', '洁', '末', '未', '陳', '\u{0}', '😀'];
        for one in some {
            for other in some {
                let confusion = known.confusion(one, other);
                assert_eq!(confusion, known.confusion(other, one));
                assert!(confusion.is_none_or(|confusion| (0.0..=1.0).contains(&confusion.degree())));
            }
        }
        assert_eq!(known.simplified(STORY).chars().count(), STORY.chars().count());
    }
}

/// The container of the assets, and all that is read out of one.
pub fn asset(data: &[u8]) {
    use AssetKind as Kind;
    for file in [Some(data.to_vec()), forged(data)].into_iter().flatten() {
        for kind in [Kind::Confusables, Kind::Dictionary, Kind::Gazetteer, Kind::Model, Kind::Townships] {
            if let Ok(asset) = Asset::open(kind, "asset", &file) {
                let length: usize = asset.sections().map(|(_, section)| section.len()).sum();
                assert!(length <= file.len());
            }
        }
        known(&file);
        let Files { dictionary, gazetteer, model } = &*FILES;
        let assets = match file.get(8..12) {
            Some(b"DICT") => Assets { dictionary: &file, gazetteer, model },
            Some(b"MODL") => Assets { dictionary, gazetteer, model: &file },
            _ => continue,
        };
        if let Ok(annotator) = Annotator::load(assets) {
            let article = annotator.annotate(STORY).expect("it is short");
            assert_eq!(article.length as usize, STORY.len());
        }
    }
}

/// Divisions and bodies.
fn known(file: &[u8]) {
    let Ok(mut gazetteer) = Gazetteer::read("gazetteer.mz", file) else { return };
    for name in ["江苏省", "泰州", "海陵区", "法院", ""] {
        if let Some(division) = gazetteer.division(name) {
            gazetteer.body_of(division.code, "法院");
        }
    }
    gazetteer.of_host("news.taizhou.example");
    // Whatever it says, nothing is added of a file of another kind.
    assert!(gazetteer.add_townships("townships.mz", file).is_err());
}

/// Times and days.
pub fn moment(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(moment) = text.parse::<Moment>() {
        assert_eq!(moment.to_string().parse::<Moment>().expect("it was written here"), moment);
    }
    if let Ok(date) = text.parse::<Date>() {
        assert_eq!(date.to_string().parse::<Date>().expect("it was written here"), date);
    }
    if let Some(millis) = data.first_chunk::<8>() {
        let moment = Moment::from_millis(i64::from_le_bytes(*millis));
        assert_eq!(moment.to_string().parse::<Moment>().expect("it was written here"), moment);
    }
}

/// Selectors of anybody, in any text.
pub fn anchor(data: &[u8]) {
    let (text, selectors) = parted(data);
    let read = anchor::Text::new(&text);
    let chars: Vec<char> = text.chars().collect();
    if let Ok(selectors) = serde_json::from_str::<Vec<Selector>>(&selectors)
        && let Some(anchor) = Anchor::from_selectors(selectors)
    {
        if let Ok(found) = anchor::find(&read, &anchor) {
            assert_eq!(chars[found.span].iter().collect::<String>(), anchor.exact);
        }
        if let Some(pinned) = anchor::pin(&read, &anchor) {
            assert!(anchor.exact.contains(&pinned.exact));
        }
    }
    for span in [0..1, 0..chars.len(), chars.len() / 2..chars.len() / 2 + 3] {
        if let Some(anchor) = anchor::describe(&read, span) {
            let position = anchor.position.clone();
            let json = serde_json::to_string(&anchor.into_selectors(0)).expect("it is plain data");
            let back = serde_json::from_str::<Vec<Selector>>(&json).expect("it was written here");
            let anchor = Anchor::from_selectors(back).expect("it was written here");
            assert_eq!(anchor::find(&read, &anchor).ok().map(|found| found.span), position);
        }
    }
}

/// Every promise that an article makes of itself.
fn whole(article: &Article, text: &str) {
    assert_eq!(article.length as usize, text.len());
    let mut spans: Vec<(u32, u32)> =
        article.mentions.iter().map(|mention| (mention.start, mention.end)).collect();
    spans.extend(article.titles.iter().map(|title| (title.start, title.end)));
    spans.sort_unstable();
    assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0));
    assert!(spans.iter().all(|(start, end)| text.get(*start as usize..*end as usize).is_some()));
    for mention in &article.mentions {
        assert!((0.0..=1.0).contains(&mention.score));
        assert!((mention.entity as usize) < article.entities.len());
    }
}

/// Any text.
pub fn annotate(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let article = ANNOTATOR.annotate(&text).expect("it is short");
    whole(&article, &text);
    let units = text.encode_utf16().count() as u32;
    let converted = article.with_unit(&text, OffsetUnit::Utf16);
    assert!(converted.mentions.iter().all(|mention| mention.end <= units));
    // A check by itself takes whatever was read.
    for finding in check(&text, &converted, None, &CONFUSABLES, None) {
        assert!(finding.spans.iter().all(|span| span.end <= units));
    }
}

thread_local! {
    /// With what a user adds; taken away again each time.
    static TAUGHT: std::cell::RefCell<Annotator> = {
        let Files { dictionary, gazetteer, model } = &*FILES;
        let annotator = Annotator::load(Assets { dictionary, gazetteer, model }).expect("they are published");
        std::cell::RefCell::new(annotator)
    };
}

/// Names that a user adds, and a text that may have them.
pub fn terms(data: &[u8]) {
    let (list, text) = parted(data);
    let Ok(terms) = serde_json::from_str::<Vec<Term>>(&list) else { return };
    TAUGHT.with_borrow_mut(|annotator| {
        let added = annotator.add_terms(terms);
        whole(&annotator.annotate(&text).expect("it is short"), &text);
        assert!(annotator.remove_terms(added) && !annotator.remove_terms(added));
    });
}

/// Divisions and bodies that a user adds, and a text that may have them.
pub fn entries(data: &[u8]) {
    let (list, text) = parted(data);
    let Ok(entries) = serde_json::from_str::<Vec<Entry>>(&list) else { return };
    TAUGHT.with_borrow_mut(|annotator| {
        let added = annotator.add_entries(entries);
        whole(&annotator.annotate(&text).expect("it is short"), &text);
        assert!(annotator.remove_entries(added) && !annotator.remove_entries(added));
    });
}
