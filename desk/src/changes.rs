//! What has changed between two outcomes.

use mingzhu::review::{Answer, Conflict, Lost, Mark, Note, Outcome};
use serde::Serialize;

/// What has changed: `marks` stand where `removed` stood, from `from` on.
#[derive(Serialize)]
pub struct Changes<'a> {
    from: usize,
    removed: usize,
    marks: &'a [Mark],
    conflicts: &'a [Conflict],
    orphans: &'a [Lost],
    notes: &'a [Note],
    answers: &'a [Answer],
    checked: u32,
    total: u32,
}

/// From one outcome to the next.
pub fn between<'a>(before: &[Mark], now: &'a Outcome) -> Changes<'a> {
    let from = before.iter().zip(&now.marks).take_while(|(one, other)| one == other).count();
    let rest = before.len().min(now.marks.len()) - from;
    let pairs = before.iter().rev().zip(now.marks.iter().rev()).take(rest);
    let same = pairs.take_while(|(one, other)| one == other).count();
    let Outcome { marks, conflicts, orphans, notes, answers, checked, total } = now;
    Changes {
        from,
        removed: before.len() - same - from,
        marks: &marks[from..marks.len() - same],
        conflicts,
        orphans,
        notes,
        answers,
        checked: *checked,
        total: *total,
    }
}
