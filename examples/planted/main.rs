//! How often planted errors are found, and how often what is right is doubted (`docs/roster.md`).
//!
//!     cargo run --release --example planted -- ../shared/gold UNIHAN
//!
//! The first folder holds annotated passages (every other one of `train.jsonl` is what the rules were tuned on; the
//! rest, `dev.jsonl` and `seed.jsonl` they have not seen), the second the files of the Unihan database, unpacked. Each planted passage has
//! one error. Wrong characters are drawn from Unihan's readings and phonetic series (kPhonetic), and not by our own measure
//! of what looks alike.

mod gold;
mod plant;
mod unihan;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use mingzhu::roster::{Confusables, Finding, Roster, Rule, check};
use mingzhu::{Annotator, Assets, Date};

use gold::Passage;
use plant::{Kind, Planted};
use unihan::Unihan;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The day on which every passage is checked.
const TODAY: &str = "2024-06-01";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [gold, unihan] = &arguments[..] else {
        eprintln!("usage: planted GOLD UNIHAN");
        return ExitCode::from(2);
    };
    match run(Path::new(gold), Path::new(unihan)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(gold: &Path, unihan: &Path) -> Result<()> {
    let asset = |name: &str| std::fs::read(format!("{}/assets/{name}", env!("CARGO_MANIFEST_DIR")));
    let annotator = Annotator::load(Assets {
        dictionary: &asset("dictionary.mz")?,
        gazetteer: &asset("gazetteer.mz")?,
        model: &asset("model.mz")?,
    })?;
    let confusables = Confusables::load("confusables.mz", &asset("confusables.mz")?)?;
    let unihan = Unihan::read(unihan)?;
    let checker = Checker { annotator, confusables, today: TODAY.parse()? };
    // Every other passage of the larger file was looked at while the rules were written, and nothing else.
    let (mut tuned, mut unseen) = (Vec::new(), Vec::new());
    for (at, passage) in gold::read(&gold.join("train.jsonl"))?.into_iter().enumerate() {
        if at % 2 == 0 { tuned.push(passage) } else { unseen.push(passage) }
    }
    for file in ["dev.jsonl", "seed.jsonl"] {
        unseen.extend(gold::read(&gold.join(file))?);
    }
    report("tuned on", &tuned, &unihan, &checker, 7)?;
    report("unseen", &unseen, &unihan, &checker, 11)?;
    Ok(())
}

struct Checker {
    annotator: Annotator,
    confusables: Confusables,
    today: Date,
}

impl Checker {
    fn findings(&self, text: &str, roster: Option<&str>) -> Result<Vec<Finding>> {
        let article = self.annotator.annotate(text)?;
        let roster = roster.map(Roster::read).transpose()?;
        Ok(check(text, &article, roster.as_ref(), &self.confusables, Some(self.today)))
    }
}

#[derive(Default)]
struct Counts {
    planted: u32,
    found: u32,
    wrong: u32,
}

fn report(name: &str, passages: &[Passage], unihan: &Unihan, checker: &Checker, seed: u64) -> Result<()> {
    let mut random = plant::Random::new(seed);
    let roster = plant::roster(passages, unihan, &mut random);
    let list = plant::csv(&roster);
    let mut counts: BTreeMap<Kind, Counts> = BTreeMap::new();
    let mut untouched = 0;
    let verbose = std::env::var_os("LIST").is_some();
    for passage in passages {
        for list in [None, Some(list.as_str())] {
            let findings = checker.findings(&passage.text, list)?;
            untouched += findings.len();
            for finding in findings.iter().filter(|_| verbose) {
                eprintln!(
                    "untouched {}: {:?} {} / {} ({:?})",
                    passage.id, finding.rule, finding.found, finding.expected, finding.row
                );
            }
        }
        for planted in plant::all(passage, &roster, unihan, &mut random) {
            let list = planted.rows.as_ref().map(|rows| plant::csv(rows));
            let findings = checker.findings(&planted.text, list.as_deref())?;
            let (right, wrong): (Vec<&Finding>, Vec<&Finding>) =
                findings.iter().partition(|finding| fits(finding, &planted));
            let counts = counts.entry(planted.kind).or_default();
            counts.planted += 1;
            counts.found += u32::from(!right.is_empty());
            counts.wrong += wrong.len() as u32;
            if verbose {
                for finding in &wrong {
                    eprintln!(
                        "wrong {} {:?}: {:?} {} / {}",
                        passage.id, planted.kind, finding.rule, finding.found, finding.expected
                    );
                }
                if right.is_empty() {
                    eprintln!("missed {} {:?}: {}", passage.id, planted.kind, planted.about);
                }
            }
        }
    }
    println!(
        "\n{name}: {} passages, {} findings on them untouched, with and without the roster of {} rows\n",
        passages.len(),
        untouched,
        roster.len()
    );
    println!("| planted | how many | found | recall | besides, wrongly | precision |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let mut all = Counts::default();
    for (kind, counts) in &counts {
        row(kind.name(), counts);
        all.planted += counts.planted;
        all.found += counts.found;
        all.wrong += counts.wrong;
    }
    row("**all**", &all);
    Ok(())
}

fn row(name: &str, Counts { planted, found, wrong }: &Counts) {
    let share = |part: u32, whole: u32| if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) };
    println!(
        "| {name} | {planted} | {found} | {:.2} | {wrong} | {:.2} |",
        share(*found, *planted),
        share(*found, found + wrong)
    );
}

/// Whether a finding is of the rule and at the place of what was planted.
fn fits(finding: &Finding, planted: &Planted) -> bool {
    let rules: &[Rule] = match planted.kind {
        Kind::NameSound | Kind::NameShape => &[Rule::NameNear, Rule::NameVariant],
        Kind::Title => &[Rule::TitleDiffers, Rule::TwoOffices],
        Kind::Body => &[Rule::BodyDiffers],
        Kind::Ended => &[Rule::NotInOffice],
        Kind::Order => &[Rule::Order],
        Kind::TwoOffices => &[Rule::TwoOffices],
        Kind::Variant => &[Rule::NameVariant],
    };
    let there = |span: &mingzhu::Span| {
        (span.start as usize) < planted.place.end && planted.place.start < span.end as usize
    };
    rules.contains(&finding.rule) && finding.spans.iter().chain(&finding.evidence).any(there)
}
