//! The shipped model against the code that trained it.

mod common;

use common::asset;
use mingzhu::gazetteer::Gazetteer;
use mingzhu::segment::{Dictionary, Segmenter};
use mingzhu::tagger::{Features, TAGS, Tagger};

#[derive(serde::Deserialize)]
struct Stored {
    text: String,
    guideline: String,
    /// Scores for each character and tag, computed by `training/export.py`.
    emissions: Vec<Vec<f32>>,
}

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
        let scores = run.emissions(&features, guideline);
        assert_eq!(scores.len(), sentence.emissions.len() * TAGS);
        for (i, (got, want)) in scores.iter().zip(sentence.emissions.iter().flatten()).enumerate() {
            let place = (text.chars[i / TAGS], i % TAGS);
            assert!((got - want).abs() < 5e-3, "{}: {place:?}: {got} here, {want} there", sentence.text);
        }
    }
}
