//! The shipped model: its scores are those of the code that trained it, and it finds the
//! names of today's news.

mod common;
#[path = "common/marked.rs"]
mod marked;

use common::{ANNOTATOR, asset};
use marked::Passage;
use mingzhu::gazetteer::Gazetteer;
use mingzhu::segment::{Dictionary, Segmenter};
use mingzhu::tagger::{Features, TAGS, Tagger};

#[derive(serde::Deserialize)]
struct Stored {
    text: String,
    guideline: String,
    /// Scores for each character and tag, computed by `mingzhu-trainer pack`.
    emissions: Vec<Vec<f32>>,
}

/// How far inputs of 8 bits may take a score from the training code's, which rounds none: so much, and a
/// hundredth of it.
const ROUNDING: f32 = 0.15;

#[test]
fn scores_are_those_of_the_training_code() {
    let dictionary = Dictionary::read("dictionary.mz", &asset("dictionary.mz")).unwrap();
    let gazetteer = Gazetteer::read("gazetteer.mz", &asset("gazetteer.mz")).unwrap();
    let tagger = Tagger::read("model.mz", &asset("model.mz")).unwrap();
    let simplifier = dictionary.simplifier.clone();
    let segmenter = Segmenter::new(dictionary);
    let stored: Vec<Stored> = serde_json::from_str(include_str!("fixtures/emissions.json")).unwrap();
    assert!(stored.len() >= 5);
    let mut run = tagger.run();
    for sentence in stored {
        let text = simplifier.normalize(&sentence.text);
        let features = Features::read(&text, 0..text.len(), &segmenter, &gazetteer);
        let guideline = tagger.guidelines().iter().position(|g| *g == sentence.guideline).unwrap();
        let scores = run.emissions(&[features], guideline);
        assert_eq!(scores.len(), sentence.emissions.len() * TAGS);
        for (i, (got, want)) in scores.iter().zip(sentence.emissions.iter().flatten()).enumerate() {
            let place = (text.chars[i / TAGS], i % TAGS);
            let far = ROUNDING + want.abs() / 100.0;
            assert!((got - want).abs() < far, "{}: {place:?}: {got} here, {want} there", sentence.text);
        }
    }
}

/// A little under what the shipped model reaches.
const FLOOR: f64 = 0.95;

/// The corpora may not be published, so this sample was written for the purpose: county news,
/// courts, companies, sports, culture, Traditional text, bylines, lists, with nobody's names,
/// annotated by the house guideline. How good the model is says `docs/accuracy.md`; this says
/// that it has not become worse.
#[test]
fn it_keeps_above_its_floor() {
    let (mut gold, mut found, mut right) = (0, 0, 0);
    for marked in include_str!("fixtures/passages.txt").split("\n---\n") {
        let passage = Passage::read(marked.trim_end());
        let names = passage.counted(&ANNOTATOR.annotate(&passage.text).unwrap());
        gold += passage.names.len();
        found += names.len();
        right += passage.names.intersection(&names).count();
        let differ =
            [("missed", passage.names.difference(&names)), ("wrong", names.difference(&passage.names))];
        for (what, names) in differ {
            for (start, end, kind) in names {
                println!("{what} {kind:?}: {}", &passage.text[*start as usize..*end as usize]);
            }
        }
    }
    assert!(gold > 150, "{gold} names are too few to say anything");
    let f1 = 2.0 * right as f64 / (gold + found) as f64;
    println!("{right} right of {found} found and {gold} in the sample: F1 {f1:.3}");
    assert!(f1 >= FLOOR, "F1 {f1:.3} is below {FLOOR}");
}
