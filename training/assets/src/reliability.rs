//! Whether scores are probabilities: of the names scored about 0.8, are 80 % right?

/// A score, and whether what it was given to is right.
#[derive(Clone, Copy, Debug)]
pub struct Judged {
    pub score: f32,
    pub right: bool,
}

/// Lower ends of the classes of scores.
const CLASSES: [f32; 7] = [0.0, 0.5, 0.7, 0.8, 0.9, 0.97, 0.995];

/// Count, sum of scores and number of right ones of a class.
type Class = (u32, f64, f64);

/// For each class of scores: how many, their mean, and the share that is right; below, the mean
/// distance of both (expected calibration error).
pub fn table(title: &str, judged: &[Judged]) -> String {
    let mut lines = vec![
        format!("#### {title}\n"),
        "| score | marked | mean score | right |".into(),
        "| --- | ---: | ---: | ---: |".into(),
    ];
    let classes = classes(judged);
    for (i, (count, sum, right)) in classes.iter().enumerate().filter(|(_, class)| class.0 > 0) {
        let end = CLASSES.get(i + 1).copied().unwrap_or(1.0);
        let count_f = f64::from(*count);
        lines.push(format!(
            "| {}–{end} | {count} | {:.3} | {:.3} |",
            CLASSES[i],
            sum / count_f,
            right / count_f
        ));
    }
    lines.push(format!("\nExpected calibration error {:.3}.", error(&classes)));
    lines.join("\n")
}

fn classes(judged: &[Judged]) -> [Class; CLASSES.len()] {
    let mut classes = [(0, 0.0, 0.0); CLASSES.len()];
    for Judged { score, right } in judged {
        let class = CLASSES.partition_point(|least| least <= score).saturating_sub(1);
        let (count, sum, hits) = &mut classes[class];
        *count += 1;
        *sum += f64::from(*score);
        *hits += f64::from(u8::from(*right));
    }
    classes
}

/// Naeini, Cooper and Hauskrecht 2015, over the classes of the table.
fn error(classes: &[Class]) -> f64 {
    let all: u32 = classes.iter().map(|class| class.0).sum();
    classes.iter().map(|(_, sum, right)| (sum - right).abs()).sum::<f64>() / f64::from(all.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_mean_distance() {
        let judged = |score, right| Judged { score, right };
        let fair = [judged(0.75, true), judged(0.75, true), judged(0.75, true), judged(0.75, false)];
        assert!(error(&classes(&fair)).abs() < 1e-9);
        let bold = [judged(1.0, true), judged(1.0, false), judged(0.6, false), judged(0.6, true)];
        assert!((error(&classes(&bold)) - 0.3).abs() < 1e-6);
        assert!(table("x", &bold).contains("| 0.995–1 | 2 | 1.000 | 0.500 |"), "{}", table("x", &bold));
        assert!(table("x", &[]).ends_with("0.000."));
    }
}
