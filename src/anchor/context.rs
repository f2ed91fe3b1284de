//! What stands around a quote, and how much of it still stands around another place.

/// As much is looked at on each side, white space not counted.
pub(super) const REACH: usize = 32;

/// As much of its block stands next to a quote: on one side all of it is to be there still, else
/// another with the same words may have come in between.
const NEXT: usize = 4;

/// What stands beyond the ends of a text.
const BORDER: char = '\0';

/// The characters on both sides of a quote, the nearest first, without white space: pages are
/// broken into lines and blocks anew without a word being changed.
#[derive(Debug)]
pub(super) struct Context {
    before: Side,
    after: Side,
    /// How much of both is of the quote's own block, and moves where it moves.
    own: [usize; 2],
}

/// How far a place is from a description, in edits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Distance {
    before: usize,
    after: usize,
    /// True when the quote's own block is still there: half of what was near, and what stood next
    /// to the quote on one side.
    at_home: bool,
}

impl Distance {
    pub fn total(self) -> usize {
        self.before + self.after
    }
}

impl Context {
    /// Of what stands before and after a quote.
    pub fn new<'a>(
        before: impl DoubleEndedIterator<Item = &'a char>,
        after: impl Iterator<Item = &'a char>,
    ) -> Self {
        let ((before, inside), (after, behind)) = (near(before.rev()), near(after));
        Context { before: Side::new(before), after: Side::new(after), own: [inside, behind] }
    }

    /// Of what stands around a span of a text.
    pub fn around(text: &[char], span: std::ops::Range<usize>) -> Self {
        Context::new(text[..span.start].iter(), text[span.end..].iter())
    }

    /// The same, with the ends of the text for context where it ends within reach: else a name that
    /// begins a text would be told by one side alone.
    pub fn with_borders(mut self) -> Self {
        for side in [&mut self.before, &mut self.after] {
            let mut chars = std::mem::take(&mut side.chars);
            chars.resize(REACH, BORDER);
            *side = Side::new(chars);
        }
        self
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.before.chars.len() + self.after.chars.len()
    }

    /// Whether just this stands around a span.
    pub fn stands(&self, text: &[char], span: std::ops::Range<usize>) -> bool {
        self.after.begins(text[span.end..].iter()) && self.before.begins(text[..span.start].iter().rev())
    }

    /// How far the surroundings of a span are from these, in edits.
    pub fn total(&self, text: &[char], span: std::ops::Range<usize>) -> usize {
        let [before, after] = [self.before.chars.len(), self.after.chars.len()];
        self.before.edits(before, text[..span.start].iter().rev())
            + self.after.edits(after, text[span.end..].iter())
    }

    /// How far the surroundings of a span are from these.
    pub fn distance(&self, text: &[char], span: std::ops::Range<usize>) -> Distance {
        let (before, after) = (text[..span.start].iter().rev(), text[span.end..].iter());
        let [inside, behind] = self.own;
        let own = self.before.edits(inside, before.clone()) + self.after.edits(behind, after.clone());
        let (left, right) = (inside.min(NEXT), behind.min(NEXT));
        Distance {
            at_home: inside + behind == 0
                || (2 * own <= inside + behind
                    && ((left > 0 && self.before.edits(left, before.clone()) == 0)
                        || (right > 0 && self.after.edits(right, after.clone()) == 0))),
            before: self.before.edits(self.before.chars.len(), before),
            after: self.after.edits(self.after.chars.len(), after),
        }
    }

    /// True when there is too little to tell one place from another: less than a side's.
    pub fn is_little(&self) -> bool {
        self.len() < REACH
    }

    /// Whether so much is left that it is the same place: three quarters of it all, or of a
    /// side that is long enough to speak for itself, with half of it all; and in each case the
    /// block is still its own. Where there is little to go by, all of it.
    pub fn is_kept(&self, distance: Distance) -> bool {
        let total = distance.total();
        if self.len() < REACH / 2 {
            return total == 0;
        }
        // What is of other blocks speaks for them: they may have moved beside somebody else.
        if !distance.at_home {
            return false;
        }
        let speaks = |own: usize, edits: usize| own >= REACH * 3 / 4 && edits * 4 <= own;
        total * 4 <= self.len()
            || (total * 2 <= self.len()
                && (speaks(self.own[0], distance.before) || speaks(self.own[1], distance.after)))
    }
}

/// The nearest characters, and how many of them stand before the next border of a block.
fn near<'a>(chars: impl Iterator<Item = &'a char>) -> (Vec<char>, usize) {
    let (mut found, mut own, mut feeds) = (Vec::new(), None, 0);
    for c in chars {
        feeds = if *c == '\n' { feeds + 1 } else { 0 };
        if feeds == 2 {
            own = own.or(Some(found.len()));
        }
        if !c.is_whitespace() {
            found.push(*c);
        }
        if found.len() == REACH {
            break;
        }
    }
    let own = own.unwrap_or(found.len());
    (found, own)
}

/// So many slots for a side's characters: four times as many as there are.
const SLOTS: usize = 4 * REACH;

/// What stands on one side, ready to be compared with what stands around thousands of places.
#[derive(Debug)]
struct Side {
    chars: Vec<char>,
    /// Where in it a character is, as bits; open addressing.
    places: Box<[(char, u64); SLOTS]>,
}

impl Side {
    /// Of no more characters than [`REACH`].
    fn new(chars: Vec<char>) -> Self {
        let mut side = Side { chars: Vec::new(), places: Box::new([(BORDER, 0); SLOTS]) };
        for (at, c) in chars.iter().enumerate() {
            let slot = side.slot(*c);
            side.places[slot].0 = *c;
            side.places[slot].1 |= 1 << at;
        }
        side.chars = chars;
        side
    }

    /// The slot of a character, or the free one that it would have.
    fn slot(&self, c: char) -> usize {
        let mut slot = (u32::from(c).wrapping_mul(0x9E37_79B1) >> 20) as usize % SLOTS;
        while self.places[slot].1 != 0 && self.places[slot].0 != c {
            slot = (slot + 1) % SLOTS;
        }
        slot
    }

    /// Whether a text begins with all of it, white space left out.
    fn begins<'a>(&self, text: impl Iterator<Item = &'a char>) -> bool {
        let mut text = text.filter(|c| !c.is_whitespace()).chain(std::iter::repeat(&BORDER));
        self.chars.iter().all(|c| text.next() == Some(c))
    }

    /// The fewest characters to insert, delete or replace until `text` begins with the first `length` of it, white
    /// space left out: a column of the table at a time, as bits (Myers 1999, in Hyyrö's form of 2003).
    fn edits<'a>(&self, length: usize, text: impl Iterator<Item = &'a char>) -> usize {
        if length == 0 {
            return 0;
        }
        let last = 1 << (length - 1);
        let (mut more, mut less, mut here) = (u64::MAX, 0, length);
        let mut least = here;
        let text = text.filter(|c| !c.is_whitespace()).chain(std::iter::repeat(&BORDER));
        // What lies further off could only be reached by more edits than there are characters.
        for c in text.take(2 * length) {
            let equal = self.places[self.slot(*c)].1;
            let down = equal | less;
            let across = ((equal & more).wrapping_add(more) ^ more) | equal;
            let (grows, shrinks) = (less | !(across | more), more & across);
            here = here + usize::from(grows & last != 0) - usize::from(shrinks & last != 0);
            least = least.min(here);
            if least == 0 {
                break;
            }
            // Using more of the text costs one edit for each character.
            let (grows, shrinks) = (grows << 1 | 1, shrinks << 1);
            (more, less) = (shrinks | !(down | grows), grows & down);
        }
        least
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same, as the books have it.
    fn table(wanted: &[char], text: &[char]) -> usize {
        let mut text: Vec<char> = text.iter().filter(|c| !c.is_whitespace()).copied().collect();
        text.resize(2 * wanted.len(), BORDER);
        let mut row: Vec<usize> = (0..=text.len()).collect();
        for (done, c) in wanted.iter().enumerate() {
            let mut diagonal = row[0];
            row[0] = done + 1;
            for column in 1..row.len() {
                let replaced = diagonal + usize::from(text[column - 1] != *c);
                diagonal = row[column];
                row[column] = replaced.min(diagonal + 1).min(row[column - 1] + 1);
            }
        }
        row.into_iter().min().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn bits_count_as_the_table_does(
            wanted in proptest::collection::vec("[天地人\u{0}一二]", 0..=REACH),
            text in proptest::collection::vec("[天地人 一二三]", 0..80),
            length in 0..=REACH,
        ) {
            let chars = |words: Vec<String>| words.concat().chars().collect::<Vec<char>>();
            let (wanted, text) = (chars(wanted), chars(text));
            let length = length.min(wanted.len());
            let side = Side::new(wanted.clone());
            prop_assert_eq!(side.edits(length, text.iter()), table(&wanted[..length], &text));
            prop_assert_eq!(side.begins(text.iter()), side.edits(wanted.len(), text.iter()) == 0);
        }
    }
}
