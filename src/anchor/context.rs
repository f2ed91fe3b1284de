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
    before: Vec<char>,
    after: Vec<char>,
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
        Context { before, after, own: [inside, behind] }
    }

    /// Of what stands around a span of a text.
    pub fn around(text: &[char], span: std::ops::Range<usize>) -> Self {
        Context::new(text[..span.start].iter(), text[span.end..].iter())
    }

    /// The same, with the ends of the text for context where it ends within reach: else a name that
    /// begins a text would be told by one side alone.
    pub fn with_borders(mut self) -> Self {
        self.before.resize(REACH, BORDER);
        self.after.resize(REACH, BORDER);
        self
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.before.len() + self.after.len()
    }

    /// How far the surroundings of a span are from these.
    pub fn distance(&self, text: &[char], span: std::ops::Range<usize>) -> Distance {
        let (before, after) = (text[..span.start].iter().rev(), text[span.end..].iter());
        let [inside, behind] = self.own;
        let own = edits(&self.before[..inside], before.clone()) + edits(&self.after[..behind], after.clone());
        let stands = |wanted: &[char], edits: usize| !wanted.is_empty() && edits == 0;
        let (left, right) = (&self.before[..inside.min(NEXT)], &self.after[..behind.min(NEXT)]);
        Distance {
            at_home: inside + behind == 0
                || (2 * own <= inside + behind
                    && (stands(left, edits(left, before.clone()))
                        || stands(right, edits(right, after.clone())))),
            before: edits(&self.before, before),
            after: edits(&self.after, after),
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

/// The fewest characters to insert, delete or replace until `text` begins with `wanted`,
/// white space left out.
fn edits<'a>(wanted: &[char], text: impl Iterator<Item = &'a char>) -> usize {
    // What lies further off could only be reached by more edits than `wanted` has characters.
    let text = text.filter(|c| !c.is_whitespace()).chain(std::iter::repeat(&BORDER));
    let text: Vec<char> = text.take(2 * wanted.len()).copied().collect();
    if text.starts_with(wanted) {
        return 0;
    }
    // A row for each character of `wanted`; a column for each length of text used.
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
    row.into_iter().min().unwrap_or(wanted.len())
}
