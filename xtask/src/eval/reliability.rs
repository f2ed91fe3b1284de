//! Whether scores are probabilities: of the mentions scored about 0.8, are 80 % right?

use super::gold::{Kind, Passage};
use serde::Deserialize;

/// The mentions of a passage with their scores, from the whole record.
#[derive(Debug, Deserialize)]
pub struct Scored {
    mentions: Vec<ScoredMention>,
}

#[derive(Debug, Deserialize)]
struct ScoredMention {
    start: u32,
    end: u32,
    kind: String,
    score: f64,
}

/// Lower ends of the classes of scores.
const CLASSES: [f64; 6] = [0.0, 0.5, 0.7, 0.9, 0.97, 0.995];

/// For each class of scores: how many, their mean, and the share that is right in span and
/// kind, people as one kind. Mentions that overlap an ignored span are left out.
pub fn table(name: &str, passages: &[Passage], found: &[Scored]) -> String {
    let mut classes = [(0u32, 0.0, 0u32); CLASSES.len()];
    for (passage, scored) in passages.iter().zip(found) {
        for mention in &scored.mentions {
            let kind = match mention.kind.as_str() {
                "place" => Kind::Place,
                "organization" => Kind::Org,
                _ => Kind::Person,
            };
            let Some(right) = passage.holds(mention.start, mention.end, kind) else { continue };
            let class = CLASSES.partition_point(|least| *least <= mention.score).saturating_sub(1);
            let (count, sum, hits) = &mut classes[class];
            *count += 1;
            *sum += mention.score;
            *hits += u32::from(right);
        }
    }
    let mut lines = vec![
        format!("### Scores as probabilities, on gold/{name}\n"),
        "| score | mentions | mean score | right |".into(),
        "| --- | ---: | ---: | ---: |".into(),
    ];
    for (i, (count, sum, hits)) in classes.into_iter().enumerate().filter(|(_, class)| class.0 > 0) {
        let end = CLASSES.get(i + 1).copied().unwrap_or(1.0);
        let (mean, share) = (sum / f64::from(count), f64::from(hits) / f64::from(count));
        lines.push(format!("| {}–{end} | {count} | {mean:.3} | {share:.3} |", CLASSES[i]));
    }
    lines.join("\n")
}
