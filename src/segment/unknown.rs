//! Words that the dictionary does not have: jieba's hidden Markov model of where words begin and
//! end, decoded by Viterbi (finalseg of jieba).
//!
//! jieba-rs has it too, with tables of 8 bytes a number compiled in, which would be a fifth of our
//! code; here they come with the dictionary asset, a byte a number.

use std::ops::Range;

use crate::asset::Asset;
use crate::error::Result;

/// What the model covers.
const FIRST: char = '\u{4E00}';
const LAST: char = '\u{9FD5}';

/// Natural logarithms are kept in steps of this.
const STEP: f64 = 1.0 / 14.0;
/// The number of what never is.
const NEVER: u8 = u8::MAX;
const IMPOSSIBLE: f64 = -3.14e100;

/// A character begins a word, ends it, is in its midst, or is one.
const STATES: usize = 4;
const BEGIN: usize = 0;
const END: usize = 1;
const MIDDLE: usize = 2;
const SINGLE: usize = 3;

const INITIAL: [f64; STATES] = [-0.262_686_608_092_500_16, IMPOSSIBLE, IMPOSSIBLE, -1.465_263_339_853_767_8];

/// For each state those that may come before it, with the logarithm of the transition; of two that
/// are equal the second wins.
const BEFORE: [[(usize, f64); 2]; STATES] = [
    [(END, -0.589_714_973_685_451_3), (SINGLE, -0.721_196_565_466_984_1)],
    [(BEGIN, -0.510_825_623_765_99), (MIDDLE, -0.333_448_568_119_485_14)],
    [(BEGIN, -0.916_290_731_874_155), (MIDDLE, -1.260_362_382_026_822_6)],
    [(END, -0.808_525_047_466_993_7), (SINGLE, -0.665_863_144_879_821_2)],
];

/// How probable a character is in each state: a row for each one that the model covers. One that is
/// not known is a word.
#[derive(Clone, Debug, Default)]
pub struct Emissions {
    rows: Vec<[u8; STATES]>,
}

impl Emissions {
    /// From the logarithms of some characters' probabilities; `None` is never.
    pub fn new(known: impl IntoIterator<Item = (char, [Option<f64>; STATES])>) -> Self {
        let mut rows = vec![[NEVER; STATES]; place(LAST).map_or(0, |last| last + 1)];
        for (c, logarithms) in known {
            if let Some(at) = place(c) {
                rows[at] = logarithms.map(|logarithm| {
                    logarithm.map_or(NEVER, |logarithm| (-logarithm / STEP).round().min(254.0) as u8)
                });
                // How often does not matter where there is no other way.
                if rows[at][..SINGLE] == [NEVER; SINGLE] {
                    rows[at][SINGLE] = NEVER;
                }
            }
        }
        Emissions { rows }
    }

    /// The columns of the asset, one for each state.
    pub fn columns(&self) -> [Vec<u8>; STATES] {
        std::array::from_fn(|state| self.rows.iter().map(|row| row[state]).collect())
    }

    pub(super) fn read(asset: &Asset<'_>) -> Result<Self> {
        let columns = [
            asset.section(b"HMMB")?,
            asset.section(b"HMME")?,
            asset.section(b"HMMM")?,
            asset.section(b"HMMS")?,
        ];
        let length = place(LAST).map_or(0, |last| last + 1);
        if columns.iter().any(|column| column.len() != length) {
            return Err(asset.invalid("columns of different length"));
        }
        Ok(Emissions { rows: (0..length).map(|at| columns.map(|column| column[at])).collect() })
    }

    pub(super) fn of(&self, c: char) -> [f64; STATES] {
        match place(c).and_then(|at| self.rows.get(at)) {
            None | Some([NEVER, NEVER, NEVER, NEVER]) => [IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE, 0.0],
            Some(row) => {
                row.map(|number| if number == NEVER { IMPOSSIBLE } else { -f64::from(number) * STEP })
            }
        }
    }

    /// Cuts characters that the dictionary has left alone: in order, and together all of them.
    pub(super) fn cut(&self, chars: &[char], mut word: impl FnMut(Range<usize>)) {
        let mut start = 0;
        for part in chars.chunk_by(|a, b| place(*a).is_some() == place(*b).is_some()) {
            let end = start + part.len();
            match place(part[0]) {
                Some(_) => self.cut_han(part, |found| word(start + found.start..start + found.end)),
                None => cut_other(part, |found| word(start + found.start..start + found.end)),
            }
            start = end;
        }
    }

    /// The best way through the states.
    fn cut_han(&self, chars: &[char], mut word: impl FnMut(Range<usize>)) {
        let first = self.of(chars[0]);
        let mut scores: [f64; STATES] = std::array::from_fn(|state| INITIAL[state] + first[state]);
        let mut came: Vec<[usize; STATES]> = vec![[0; STATES]];
        for &c in &chars[1..] {
            let emitted = self.of(c);
            let best: [(usize, f64); STATES] = std::array::from_fn(|state| {
                let [one, other] = BEFORE[state].map(|(from, by)| (from, scores[from] + by + emitted[state]));
                if one.1 > other.1 { one } else { other }
            });
            came.push(best.map(|(from, _)| from));
            scores = best.map(|(_, score)| score);
        }
        let mut state = if scores[END] > scores[SINGLE] { END } else { SINGLE };
        let mut states = vec![state; chars.len()];
        for at in (1..chars.len()).rev() {
            state = came[at][state];
            states[at - 1] = state;
        }
        let mut start = 0;
        for (at, state) in states.into_iter().enumerate() {
            match state {
                BEGIN => start = at,
                MIDDLE => {}
                _ => {
                    if state == SINGLE {
                        start = at;
                    }
                    word(start..at + 1);
                }
            }
        }
    }
}

/// The row of a character.
fn place(c: char) -> Option<usize> {
    (FIRST..=LAST).contains(&c).then(|| c as usize - FIRST as usize)
}

/// Letters and digits, which may be joined by `.`, `_` and `-` and have a percent sign behind, are
/// a word; so is what stands between two of them.
fn cut_other(chars: &[char], mut word: impl FnMut(Range<usize>)) {
    let is_alphanumeric = |at: usize| chars.get(at).is_some_and(char::is_ascii_alphanumeric);
    let mut start = 0;
    while start < chars.len() {
        let mut end = start;
        if is_alphanumeric(start) {
            while is_alphanumeric(end)
                || (chars.get(end).is_some_and(|c| matches!(c, '.' | '_' | '-')) && is_alphanumeric(end + 1))
            {
                end += 1;
            }
            if chars.get(end) == Some(&'%') {
                end += 1;
            }
        } else {
            while end < chars.len() && !is_alphanumeric(end) {
                end += 1;
            }
        }
        word(start..end);
        start = end;
    }
}
