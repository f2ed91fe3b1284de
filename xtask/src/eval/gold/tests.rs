use super::*;
use serde_json::json;
use std::process::Command;

fn passage(value: serde_json::Value) -> Passage {
    serde_json::from_value(value).unwrap()
}

fn spans(value: serde_json::Value) -> Spans {
    serde_json::from_value(value).unwrap()
}

/// 云川市副市长林青、记者白帆到场。
fn sample() -> Passage {
    passage(json!({
        "id": "a",
        "text": "云川市副市长林青、记者白帆到场。",
        "mentions": [[0, 3, "PLACE"], [6, 8, "OFFICIAL"], [11, 13, "PERSON"]],
        "titles": [[3, 6], [9, 11]],
        "offices": [[6, 3], [11, 9]],
        "ignore": [[13, 15]],
    }))
}

#[test]
fn the_truth_scores_one() {
    let passage = sample();
    let answer = spans(json!({
        "mentions": [[0, 3, "PLACE"], [6, 8, "OFFICIAL"], [11, 13, "PERSON"]],
        "titles": [[3, 6], [9, 11]],
        "offices": [[6, 3], [11, 9]],
    }));
    let score = score(&[passage], &[answer]).unwrap()[0];
    assert_eq!((score.micro.f1(), score.merged.f1()), (1.0, 1.0));
    assert_eq!(score.ties, Ties { gold: 2, found: 2, predicted: 2, right: 2 });
}

#[test]
fn a_wrong_kind_of_person_is_right_when_people_are_one() {
    let answer = spans(json!({ "mentions": [[6, 8, "PERSON"], [11, 13, "PERSON"]] }));
    let score = score(&[sample()], &[answer]).unwrap()[0];
    assert_eq!(score.kinds[0], Counts { hits: 0, wrong: 0, missed: 1 });
    assert_eq!(score.kinds[1], Counts { hits: 1, wrong: 1, missed: 0 });
    assert_eq!(score.micro, Counts { hits: 1, wrong: 1, missed: 2 });
    assert_eq!(score.people, Counts { hits: 2, wrong: 0, missed: 0 });
    assert_eq!(score.merged, Counts { hits: 2, wrong: 0, missed: 1 });
}

#[test]
fn what_touches_an_ignored_span_is_not_counted() {
    // The second reaches one character into the ignored span; its exact gold is missed then.
    let answer = spans(json!({ "mentions": [[13, 15, "ORG"], [11, 14, "PERSON"]] }));
    let score = score(&[sample()], &[answer]).unwrap()[0];
    assert_eq!(score.micro, Counts { hits: 0, wrong: 0, missed: 3 });
}

#[test]
fn a_tie_needs_the_exact_person_and_a_touching_title() {
    let answer = spans(json!({
        "mentions": [[6, 8, "PERSON"], [11, 14, "PERSON"]],
        "titles": [[4, 6], [9, 11]],
        "offices": [[6, 4], [11, 9]],
    }));
    let score = score(&[sample()], &[answer]).unwrap()[0];
    // The second person reaches into the ignored span, so that tie counts neither way.
    assert_eq!(score.ties, Ties { gold: 2, found: 1, predicted: 1, right: 1 });
}

#[test]
fn a_span_outside_the_text_is_an_error() {
    let answer = spans(json!({ "mentions": [[15, 99, "ORG"]] }));
    assert!(score(&[sample()], &[answer]).is_err());
}

/// The table of the scorer that came with the gold.
fn table(passages: usize, score: &Score) -> String {
    let mut lines = vec![
        format!("passages {passages}"),
        format!("{:<9} {:>6} {:>6} {:>6} {:>7} {:>7} {:>7}", "", "gold", "pred", "hit", "P", "R", "F1"),
    ];
    let mut row = |name: &str, c: Counts| {
        lines.push(format!(
            "{name:<9} {:>6} {:>6} {:>6} {:>7.4} {:>7.4} {:>7.4}",
            c.gold(),
            c.predicted(),
            c.hits,
            c.precision(),
            c.recall(),
            c.f1()
        ));
    };
    for (kind, counts) in Kind::ALL.iter().zip(score.kinds) {
        row(kind.name(), counts);
    }
    row("micro", score.micro);
    row("PEOPLE", score.people);
    row("merged", score.merged);
    let ties = &score.ties;
    lines.push(format!(
        "{:<9} {:>6} {:>6} {:>6} {:>7.4} {:>7.4}",
        "ties",
        ties.gold,
        ties.predicted,
        ties.found,
        ties.precision(),
        ties.recall()
    ));
    lines.join("\n") + "\n"
}

/// The gold, disturbed: kinds swapped, ends moved, ties and titles lost, in a fixed way.
fn disturb(passage: &Passage, state: &mut u64) -> serde_json::Value {
    let mut next = |below: u64| {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*state >> 33) % below
    };
    let length = passage.text.chars().count() as u32;
    let mut mentions = Vec::new();
    for (start, end, kind) in &passage.truth.mentions {
        let kind = if next(5) == 0 { Kind::ALL[next(4) as usize] } else { *kind };
        let end = if next(6) == 0 { (*end + 1).min(length) } else { *end };
        if next(8) > 0 {
            mentions.push(json!([start, end, kind.name()]));
        }
    }
    for (start, end) in passage.ignore.iter().filter(|_| next(2) == 0) {
        mentions.push(json!([start, end, "ORG"]));
    }
    let titles: Vec<_> = passage.truth.titles.iter().filter(|_| next(9) > 0).collect();
    let mut offices: Vec<(u32, u32)> = passage.truth.offices.clone();
    offices.retain(|_| next(7) > 0);
    if let (Some(mention), Some(title)) = (passage.truth.mentions.last(), passage.truth.titles.first()) {
        offices.push((mention.0, title.0));
    }
    json!({ "id": passage.id, "mentions": mentions, "titles": titles, "offices": offices })
}

#[test]
fn it_counts_as_the_scorer_of_the_gold_does() {
    let folder = crate::project::path("../shared/gold");
    let scorer = folder.join("score.py");
    if !scorer.exists() || Command::new("python3").arg("--version").output().is_err() {
        eprintln!("left out: needs python3 and the gold beside the repository");
        return;
    }
    for file in ["dev.jsonl", "seed.jsonl"] {
        let passages = read(&folder.join(file)).unwrap();
        let mut state = 7;
        let answers: Vec<_> = passages.iter().map(|passage| disturb(passage, &mut state)).collect();
        let path = std::env::temp_dir().join(format!("mingzhu-eval-{}-{file}", std::process::id()));
        let lines: Vec<String> = answers.iter().map(|answer| answer.to_string()).collect();
        std::fs::write(&path, lines.join("\n")).unwrap();
        let output = Command::new("python3").arg(&scorer).arg(folder.join(file)).arg(&path).output().unwrap();
        std::fs::remove_file(&path).unwrap();
        let answers: Vec<Spans> = answers.into_iter().map(spans).collect();
        let ours = table(passages.len(), &score(&passages, &answers).unwrap().iter().sum());
        assert_eq!(ours, String::from_utf8_lossy(&output.stdout), "{file}");
    }
}
