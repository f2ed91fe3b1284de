//! Fits how a model's scores are corrected, so that of the names scored 0.8 four of five are
//! right: two numbers for the log-odds of all that the model marks (Platt 1999), and the score
//! of names that are only found again.
//!
//! Two numbers and not two for each label, nor steps: with the passages there are, those fitted
//! worse on passages left out (expected calibration error of names with the first model: 0.013
//! with two numbers, 0.023 with eight, 0.033 with isotonic steps, 0.048 as the network gives
//! them).

use std::path::Path;

use mingzhu::asset::{Asset, AssetKind, write_asset};
use mingzhu::tagger::{CALIBRATION_SECTION, Calibration, log_odds};
use mingzhu::{Annotator, Article, Assets, Kind};

use crate::reliability::{Judged, table};
use crate::{Error, Result, read, read_text, write};

/// Parts that the passages are cut into to measure on each what was fitted on the others.
const FOLDS: usize = 5;
/// How strongly the fit holds to scores as they are.
const PRIOR: f64 = 1.0;
/// Names found again are few: as if so many had been seen already, of which the default's share
/// was right.
const PRIOR_AGAIN: f64 = 10.0;

/// The files it reads.
pub struct Files<'a> {
    pub dictionary: &'a Path,
    pub gazetteer: &'a Path,
    pub model: &'a Path,
    /// Passages that it fits to.
    pub gold: &'a Path,
    /// Passages that it only measures on.
    pub unseen: Option<&'a Path>,
}

/// Fits to the gold, prints how reliable scores are before and after, and writes the model with
/// what was fitted, if it is told where to.
pub fn run(files: &Files<'_>, out: Option<&Path>) -> Result<()> {
    let (dictionary, gazetteer, model) =
        (read(files.dictionary)?, read(files.gazetteer)?, read(files.model)?);
    let annotator = |calibration: Calibration| -> Result<(Annotator, Vec<u8>)> {
        let model = with(calibration, &model)?;
        let assets = Assets { dictionary: &dictionary, gazetteer: &gazetteer, model: &model };
        Ok((Annotator::load(assets)?, model))
    };
    let gold = passages(files.gold)?;
    let raw = judge(&annotator(Calibration::default())?.0, &gold)?;
    let mut calibration = fit(raw.iter().flat_map(|passage| &passage.marked));
    // What is sure enough to be found again depends on how scores are corrected.
    let again = judge(&annotator(calibration)?.0, &gold)?;
    calibration.again = share_again(&again);
    let (fitted, model) = annotator(calibration)?;

    println!("{}", table("gold/dev, as the network gives them", &marked(&raw)));
    println!("\n{}", table("gold/dev, corrected by what was fitted on the other passages", &held_out(&raw)));
    if let Some(unseen) = files.unseen {
        let shipped = judge(&fitted, &passages(unseen)?)?;
        println!("\n{}", table("gold/seed, as they ship", &marked(&shipped)));
    }
    let Calibration { slope, intercept, again: share } = calibration;
    let found: usize = again.iter().map(|passage| passage.again.len()).sum();
    let right = again.iter().flat_map(|passage| &passage.again).filter(|right| **right).count();
    println!(
        "\nLog-odds are multiplied by {slope:.3}, then {intercept:+.3}. Names only found again score \
         {share:.2}: {right} of {found} in gold/dev are right."
    );
    out.map_or(Ok(()), |out| write(out, &model))
}

/// The model with this calibration in place of its own.
fn with(calibration: Calibration, model: &[u8]) -> Result<Vec<u8>> {
    let asset = Asset::open(AssetKind::Model, "model", model)?;
    let own = asset.sections().filter(|(name, _)| *name != CALIBRATION_SECTION);
    let bytes = calibration.to_bytes();
    let sections: Vec<([u8; 4], &[u8])> = own.chain([(CALIBRATION_SECTION, &bytes[..])]).collect();
    let sections: Vec<(&[u8; 4], &[u8])> = sections.iter().map(|(name, bytes)| (name, *bytes)).collect();
    Ok(write_asset(AssetKind::Model, &sections))
}

#[derive(serde::Deserialize)]
struct Passage {
    text: String,
    mentions: Vec<(u32, u32, String)>,
    titles: Vec<(u32, u32)>,
    ignore: Vec<(u32, u32)>,
}

fn passages(path: &Path) -> Result<Vec<Passage>> {
    let text = read_text(path)?;
    let parse = |(i, line)| {
        serde_json::from_str(line).map_err(|error: serde_json::Error| Error::Line {
            path: path.into(),
            line: i,
            detail: error.to_string(),
        })
    };
    (1..).zip(text.lines()).map(parse).collect()
}

/// What was marked in a passage, and whether it is right.
struct Verdict {
    /// By the network: names, and the titles that make offices, since the gold leaves out some
    /// of those that stand alone.
    marked: Vec<Judged>,
    /// Found again.
    again: Vec<bool>,
}

fn judge(annotator: &Annotator, passages: &[Passage]) -> Result<Vec<Verdict>> {
    let verdict = |passage: &Passage| {
        let unit = mingzhu::OffsetUnit::CodePoints;
        let article = annotator.annotate(&passage.text)?;
        let spans = annotator.label(&passage.text, &annotator.guidelines()[0])?;
        // The network's spans count bytes, as the article does before it is converted.
        let is_own: Vec<bool> = (article.mentions.iter())
            .map(|mention| spans.iter().any(|span| (span.start, span.end) == (mention.start, mention.end)))
            .collect();
        Ok(passage.judge(&article.with_unit(&passage.text, unit), &is_own))
    };
    passages.iter().map(verdict).collect()
}

impl Passage {
    fn judge(&self, article: &Article, is_own: &[bool]) -> Verdict {
        let ignored = |start, end| self.ignore.iter().any(|span| start < span.1 && span.0 < end);
        let mut verdict = Verdict { marked: Vec::new(), again: Vec::new() };
        for (mention, own) in article.mentions.iter().zip(is_own) {
            if ignored(mention.start, mention.end) {
                continue;
            }
            let same = |(start, end, kind): &(u32, u32, String)| {
                (*start, *end) == (mention.start, mention.end) && is_sort(kind, mention.kind)
            };
            let right = self.mentions.iter().any(same);
            if *own {
                verdict.marked.push(Judged { score: mention.score, right });
            } else {
                verdict.again.push(right);
            }
        }
        for (i, title) in article.titles.iter().enumerate() {
            let is_held = article.offices.iter().any(|office| office.title as usize == i);
            if is_held && !ignored(title.start, title.end) {
                let right = self.titles.contains(&(title.start, title.end));
                verdict.marked.push(Judged { score: title.score, right });
            }
        }
        verdict
    }
}

/// Whether the gold's kind is that of a mention, officials and other people being one sort.
fn is_sort(gold: &str, kind: Kind) -> bool {
    match kind {
        Kind::Official | Kind::Person => matches!(gold, "OFFICIAL" | "PERSON"),
        Kind::Place => gold == "PLACE",
        Kind::Organization => gold == "ORG",
    }
}

fn marked(verdicts: &[Verdict]) -> Vec<Judged> {
    verdicts.iter().flat_map(|passage| &passage.marked).copied().collect()
}

/// Each passage's scores, corrected by what was fitted on the other folds.
fn held_out(raw: &[Verdict]) -> Vec<Judged> {
    let mut judged = Vec::new();
    for fold in 0..FOLDS {
        let (out, rest): (Vec<_>, Vec<_>) = raw.iter().enumerate().partition(|(i, _)| i % FOLDS == fold);
        let calibration = fit(rest.iter().flat_map(|(_, passage)| &passage.marked));
        let correct = |judged: &Judged| Judged { score: calibration.probability(judged.score), ..*judged };
        judged.extend(out.iter().flat_map(|(_, passage)| passage.marked.iter().map(correct)));
    }
    judged
}

/// The most likely slope and intercept, by Newton's method. The likelihood has one top.
fn fit<'a>(judged: impl Iterator<Item = &'a Judged>) -> Calibration {
    let points: Vec<(f64, f64)> =
        judged.map(|judged| (f64::from(log_odds(judged.score)), f64::from(u8::from(judged.right)))).collect();
    let (mut slope, mut intercept) = (1.0, 0.0);
    for _ in 0..50 {
        // Gradient and curvature of the log-likelihood and of the prior around (1, 0).
        let mut gradient = (PRIOR * (slope - 1.0), PRIOR * intercept);
        let mut curvature = (PRIOR, 0.0, PRIOR);
        for (x, y) in &points {
            let p = 1.0 / (1.0 + (-(slope * x + intercept)).exp());
            gradient = (gradient.0 + (p - y) * x, gradient.1 + p - y);
            let weight = p * (1.0 - p);
            curvature = (curvature.0 + weight * x * x, curvature.1 + weight * x, curvature.2 + weight);
        }
        let determinant = curvature.0 * curvature.2 - curvature.1 * curvature.1;
        let step = (
            (curvature.2 * gradient.0 - curvature.1 * gradient.1) / determinant,
            (curvature.0 * gradient.1 - curvature.1 * gradient.0) / determinant,
        );
        // Far from the top a whole step can overshoot it.
        let length = step.0.hypot(step.1).max(1.0);
        (slope, intercept) = (slope - step.0 / length, intercept - step.1 / length);
    }
    Calibration { slope: slope.max(0.05) as f32, intercept: intercept as f32, ..Calibration::default() }
}

fn share_again(verdicts: &[Verdict]) -> f32 {
    let again: Vec<bool> = verdicts.iter().flat_map(|passage| &passage.again).copied().collect();
    let right = again.iter().filter(|right| **right).count() as f64;
    let expected = f64::from(Calibration::default().again) * PRIOR_AGAIN;
    ((right + expected) / (again.len() as f64 + PRIOR_AGAIN)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fit_finds_how_scores_were_bent() {
        // Of names scored p so many are right as odds of p to the power 0.6, over 1.5, say.
        let mut judged = Vec::new();
        for i in 1..200 {
            let score = i as f32 / 200.0;
            let share = 1.0 / (1.0 + 1.5 * (-0.6 * log_odds(score)).exp());
            let right = (share * 500.0).round() as usize;
            judged.extend((0..500).map(|n| Judged { score, right: n < right }));
        }
        let Calibration { slope, intercept, .. } = fit(judged.iter());
        assert!((slope - 0.6).abs() < 0.01, "{slope}");
        assert!((intercept + 1.5f32.ln()).abs() < 0.01, "{intercept}");
    }

    #[test]
    fn a_few_or_all_right_do_not_drive_it_off() {
        let right = vec![Judged { score: 0.9, right: true }; 500];
        for few in [&right[..0], &right[..3], &right[..]] {
            let Calibration { slope, intercept, .. } = fit(few.iter());
            assert!((0.9..4.0).contains(&slope) && intercept.abs() < 4.0, "{slope} {intercept}");
        }
    }
}
