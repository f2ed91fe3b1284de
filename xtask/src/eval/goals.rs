//! What the project set itself to reach, and where it stands.

/// A figure with what it must and should be.
#[derive(Debug)]
pub struct Goal {
    /// What is measured.
    pub what: &'static str,
    /// The figure.
    pub measured: f64,
    /// The range that [`interval`](super::bootstrap::interval) gives.
    pub range: Option<(f64, f64)>,
    /// The least, or the most, it must be.
    pub must: Limit,
    /// The same for what is aimed at.
    pub aim: Option<Limit>,
    /// The part of `cargo xtask eval` that measures it.
    pub part: &'static str,
}

/// A bound of a figure.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// From here on up.
    AtLeast(f64),
    /// Up to here.
    AtMost(f64),
}

impl Limit {
    fn holds(self, figure: f64) -> bool {
        match self {
            Limit::AtLeast(least) => figure >= least,
            Limit::AtMost(most) => figure <= most,
        }
    }

    fn text(self) -> String {
        match self {
            Limit::AtLeast(least) => format!("≥ {least}"),
            Limit::AtMost(most) => format!("≤ {most}"),
        }
    }
}

/// The table of goals.
pub fn table(goals: &[Goal]) -> String {
    let mut lines = vec![
        "### Where it stands\n".to_owned(),
        "| | measured | 95 % | must | aim | | `cargo xtask eval` |".into(),
        "| --- | ---: | ---: | ---: | ---: | --- | --- |".into(),
    ];
    for goal in goals {
        let Goal { what, measured, must, aim, part, .. } = goal;
        let range = goal.range.map_or("–".into(), |(low, high)| format!("{low:.3}–{high:.3}"));
        let stand = match aim {
            Some(aim) if aim.holds(*measured) => "aim",
            _ if must.holds(*measured) => "must",
            _ => "not yet",
        };
        let aim = aim.map_or("–".into(), Limit::text);
        lines.push(format!(
            "| {what} | **{measured:.3}** | {range} | {} | {aim} | {stand} | `--only {part}` |",
            must.text()
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_reached_from_its_own_side() {
        let goal = |measured, must, aim| Goal { what: "x", measured, range: None, must, aim, part: "gold" };
        let stand =
            |goal: Goal| table(&[goal]).lines().last().unwrap().split(" | ").nth(5).unwrap().to_owned();
        let (least, most) = (Limit::AtLeast, Limit::AtMost);
        assert_eq!(stand(goal(0.8, least(0.82), Some(least(0.93)))), "not yet");
        assert_eq!(stand(goal(0.85, least(0.82), Some(least(0.93)))), "must");
        assert_eq!(stand(goal(0.94, least(0.82), Some(least(0.93)))), "aim");
        assert_eq!(stand(goal(0.8, most(1.0), None)), "must");
        assert_eq!(stand(goal(5.2, most(5.0), Some(most(1.0)))), "not yet");
    }
}
