//! How often planted errors are found, and how often what is right is doubted (`docs/roster.md`).
//!
//!     cargo run --release --example planted -- ../shared UNIHAN SHAPES [tuned | unseen]
//!
//! The first folder holds annotated passages (`gold/`), the evening news (`data/raw_xwlb/`) and tables of bodies and
//! surnames (`data/gazetteer/`); the second the files of the Unihan database, unpacked; then comes `same_stroke.txt` of
//! pycorrector (PyPI, Apache-2.0). So wrong characters are not drawn by our own measure of what is alike. `LIST=1` prints what
//! was missed and what was wrong. It fails where a kind is below its floor.

mod article;
mod gold;
mod news;
mod plant;
mod random;
mod roster;
mod unihan;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::process::ExitCode;

use mingzhu::roster::{Confusables, Finding, Roster, Rule, check};
use mingzhu::{Annotator, Assets, Date};

use article::Article;
use plant::{Kind, Planted, Planter};
use random::Random;
use unihan::Unihan;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// So many whole articles of the news on each side.
const ARTICLES: usize = 700;

/// News from this year on were not looked at while the rules were written: other years, other people.
const UNSEEN_FROM: &str = "2023";

/// What every kind must reach.
const RECALL: f64 = 0.7;
const PRECISION: f64 = 0.9;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [shared, unihan, shapes, side @ ..] = &arguments[..] else {
        eprintln!("usage: planted SHARED UNIHAN SHAPES [tuned | unseen]");
        return ExitCode::from(2);
    };
    match run(Path::new(shared), Path::new(unihan), Path::new(shapes), side.first().map(String::as_str)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Both sides, or one; true when every kind reaches its floor.
fn run(shared: &Path, unihan: &Path, shapes: &Path, side: Option<&str>) -> Result<bool> {
    let asset = |name: &str| std::fs::read(format!("{}/assets/{name}", env!("CARGO_MANIFEST_DIR")));
    let annotator = Annotator::load(Assets {
        dictionary: &asset("dictionary.mz")?,
        gazetteer: &asset("gazetteer.mz")?,
        model: &asset("model.mz")?,
    })?;
    let confusables = Confusables::load("confusables.mz", &asset("confusables.mz")?)?;
    let checker = Checker { annotator, confusables };
    let unihan = Unihan::read(unihan, shapes)?;
    let tables = shared.join("data/gazetteer");
    let bodies = roster::Bodies::new(&std::fs::read_to_string(tables.join("central_bodies.tsv"))?);
    let (tuned, unseen) = sides(shared, &bodies, &tables)?;
    let mut reached = true;
    for (name, articles, seed) in [("tuned", tuned, 7), ("unseen", unseen, 11)] {
        if side.is_none_or(|side| side == name) {
            reached &= report(name, &articles, &bodies, &unihan, &checker, seed)?;
        }
    }
    Ok(reached)
}

/// What the rules were written with, and what they were not: news by year, and of annotated passages, of which every other
/// one has been looked at, those of these years. So nobody's office of one side is judged by what the other says.
fn sides(shared: &Path, bodies: &roster::Bodies, tables: &Path) -> Result<(Vec<Article>, Vec<Article>)> {
    let texts = news::texts(&shared.join("data/raw_xwlb/raw.jsonl.gz"))?;
    let (mut tuned, mut unseen) = (Vec::new(), Vec::new());
    for (at, article) in gold::read(&shared.join("gold/train.jsonl"), &texts)?.into_iter().enumerate() {
        let late = article.date.as_str() >= UNSEEN_FROM;
        match (at % 2 == 0, late || article.date == gold::UNDATED) {
            (true, _) if !late || article.date == gold::UNDATED => tuned.push(article),
            (false, true) => unseen.push(article),
            _ => {}
        }
    }
    for file in ["dev.jsonl", "seed.jsonl"] {
        unseen.extend(gold::read(&shared.join("gold").join(file), &texts)?);
    }
    let surnames = std::fs::read_to_string(tables.join("surnames.txt"))?;
    let surnames: BTreeSet<char> = surnames.lines().filter_map(|line| line.chars().next()).collect();
    let mut names: Vec<String> = bodies.names().cloned().collect();
    for place in PROVINCES {
        names.extend(["", "委", "政府", "人大常委会", "政协"].map(|body| format!("{place}{body}")));
    }
    let taken: HashSet<String> = tuned.iter().chain(&unseen).map(|article| article.text.clone()).collect();
    let news = news::articles(&texts, &names, &surnames);
    let (late, early): (Vec<Article>, Vec<Article>) = news
        .into_iter()
        .filter(|article| !taken.contains(&article.text))
        .partition(|article| article.date.as_str() >= UNSEEN_FROM);
    for (side, articles) in [(&mut tuned, early), (&mut unseen, late)] {
        let every = articles.len().div_ceil(ARTICLES).max(1);
        side.extend(articles.into_iter().step_by(every));
    }
    Ok((tuned, unseen))
}

const PROVINCES: [&str; 27] = [
    "北京市",
    "天津市",
    "河北省",
    "山西省",
    "辽宁省",
    "吉林省",
    "黑龙江省",
    "上海市",
    "江苏省",
    "浙江省",
    "安徽省",
    "福建省",
    "江西省",
    "山东省",
    "河南省",
    "湖北省",
    "湖南省",
    "广东省",
    "海南省",
    "重庆市",
    "四川省",
    "贵州省",
    "云南省",
    "陕西省",
    "甘肃省",
    "青海省",
    "深圳市",
];

struct Checker {
    annotator: Annotator,
    confusables: Confusables,
}

impl Checker {
    fn findings(&self, text: &str, roster: Option<&Roster>, date: Option<Date>) -> Result<Vec<Finding>> {
        let article = self.annotator.annotate(text)?;
        Ok(check(text, &article, roster, &self.confusables, date))
    }
}

#[derive(Default)]
struct Counts {
    planted: u32,
    found: u32,
    wrong: u32,
}

impl Counts {
    fn recall(&self) -> f64 {
        share(self.found, self.planted)
    }

    fn precision(&self) -> f64 {
        share(self.found, self.found + self.wrong)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

fn report(
    name: &str,
    articles: &[Article],
    bodies: &roster::Bodies,
    unihan: &Unihan,
    checker: &Checker,
    seed: u64,
) -> Result<bool> {
    let mut random = Random::new(seed);
    let rows = roster::rows(articles, bodies, unihan, &mut random);
    let list = Roster::read(&roster::csv(&rows))?;
    let known: BTreeSet<String> = articles
        .iter()
        .flat_map(|article| {
            article.named.iter().cloned().chain(article.people.iter().map(|holder| holder.name.clone()))
        })
        .filter(|name| roster::is_full(name))
        .chain(rows.iter().map(|row| row.name.clone()))
        .collect();
    let planter = Planter { roster: &rows, known: &known, unihan };
    let verbose = std::env::var_os("LIST").is_some();
    let mut counts: BTreeMap<Kind, Counts> = BTreeMap::new();
    let mut untouched = [0; 2];
    for article in articles {
        let date = plant::day(article);
        for (sum, roster) in untouched.iter_mut().zip([None, Some(&list)]) {
            let findings = checker.findings(&article.text, roster, date)?;
            *sum += findings.len();
            for finding in findings.iter().filter(|_| verbose) {
                eprintln!("untouched {} {}", article.id, told(finding));
            }
        }
        for planted in planter.all(article, &mut random) {
            let roster = planted.rows.as_ref().map(|rows| Roster::read(&roster::csv(rows))).transpose()?;
            let findings = checker.findings(&planted.text, roster.as_ref(), date)?;
            let (right, wrong): (Vec<&Finding>, Vec<&Finding>) =
                findings.iter().partition(|finding| fits(finding, &planted));
            let counts = counts.entry(planted.kind).or_default();
            counts.planted += 1;
            counts.found += u32::from(!right.is_empty());
            counts.wrong += wrong.len() as u32;
            if verbose {
                for finding in &wrong {
                    eprintln!("wrong {} {:?} {}: {}", article.id, planted.kind, planted.about, told(finding));
                }
                if right.is_empty() {
                    eprintln!("missed {} {:?}: {}", article.id, planted.kind, planted.about);
                }
            }
        }
    }
    let characters: usize = articles.iter().map(|article| article.text.chars().count()).sum();
    println!(
        "\n{name}: {} articles of {characters} characters; untouched, {} findings without a roster and {} with one of {} rows\n",
        articles.len(),
        untouched[0],
        untouched[1],
        rows.len()
    );
    Ok(table(&counts) && untouched == [0, 0])
}

/// Prints what was found; true when every kind reaches its floor.
fn table(counts: &BTreeMap<Kind, Counts>) -> bool {
    println!("| planted | how many | found | recall | besides, wrongly | precision |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let mut all = Counts::default();
    for (kind, counts) in counts {
        row(kind.name(), counts);
        all.planted += counts.planted;
        all.found += counts.found;
        all.wrong += counts.wrong;
    }
    row("**all**", &all);
    counts.values().all(|counts| counts.recall() >= RECALL && counts.precision() >= PRECISION)
}

fn row(name: &str, counts: &Counts) {
    let Counts { planted, found, wrong } = counts;
    println!(
        "| {name} | {planted} | {found} | {:.2} | {wrong} | {:.2} |",
        counts.recall(),
        counts.precision()
    );
}

fn told(Finding { rule, found, expected, row, .. }: &Finding) -> String {
    let row = row
        .as_ref()
        .map(|row| format!("{} {} {} {:?}–{:?}", row.name, row.body, row.title, row.from, row.to));
    format!("{rule:?} {found} / {expected} {row:?}")
}

/// Whether a finding is of the rule and at the place of what was planted.
fn fits(finding: &Finding, planted: &Planted) -> bool {
    let rules: &[Rule] = match planted.kind {
        Kind::NameSound | Kind::NameShape => &[Rule::NameNear, Rule::NameVariant],
        Kind::Title => &[Rule::TitleDiffers, Rule::TwoOffices],
        Kind::Body => &[Rule::BodyDiffers],
        Kind::Ended | Kind::NotYet => &[Rule::NotInOffice],
        Kind::Order => &[Rule::Order],
        Kind::TwoOffices => &[Rule::TwoOffices],
        Kind::Variant => &[Rule::NameVariant],
        Kind::BodyVariant => &[Rule::BodyVariant],
    };
    let there = |span: &mingzhu::Span| {
        (span.start as usize) < planted.place.end && planted.place.start < span.end as usize
    };
    let whose = || finding.row.as_ref().map(|row| &row.name) == planted.whose.as_ref();
    rules.contains(&finding.rule)
        && (finding.spans.iter().chain(&finding.evidence).any(there) || planted.whose.is_some() && whose())
}
