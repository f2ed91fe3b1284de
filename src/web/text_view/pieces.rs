//! The arithmetic of the text view: how characters of text nodes become one text, and the
//! way back.
//!
//! - White space that HTML collapses (space, tab, line feed, form feed, carriage return) becomes
//!   one character: a line feed where the run holds one, else a space. None stands at the
//!   start or the end of a block.
//! - `<br>` is a line feed, and so is a line feed in `<pre>`; two of them end a paragraph.
//! - Whatever number of block borders lies between two characters, they are parted by one
//!   empty line, so that 外 and 交 of two paragraphs never join.
//! - What only says where a line may break leaves no trace, like `<wbr>`: the soft hyphen, the
//!   zero-width space, the word joiner, the byte order mark.
//! - Every other character stands as it is, white space such as U+3000 included.

/// What stands between the last character and the next; the stronger one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    Space,
    /// A line feed of the source, which HTML shows as a space.
    SourceLine,
    /// A line break that the reader sees.
    Line,
    Paragraph,
}

impl Gap {
    fn text(self) -> &'static str {
        match self {
            Gap::None => "",
            Gap::Space => " ",
            Gap::SourceLine | Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        }
    }
}

/// A stretch of one text node that the text view holds character by character.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where it starts in the text view.
    view: u32,
    /// Number of the text node, in document order.
    node: u32,
    /// Where it starts in the node.
    offset: u32,
    length: u32,
}

/// A place in a text node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// Number of the text node, in document order.
    pub node: u32,
    /// UTF-16 units from its start.
    pub offset: u32,
}

/// The two-way map between the text view and text nodes. All offsets count UTF-16 units.
#[derive(Debug, Default)]
pub(super) struct Pieces(Vec<Piece>);

impl Pieces {
    /// Where the character at `view` begins; for an offset in a gap, where the next begins.
    pub fn start(&self, view: u32) -> Option<Position> {
        let at = self.0.partition_point(|piece| piece.view + piece.length <= view);
        let piece = self.0.get(at)?;
        Some(Position { node: piece.node, offset: piece.offset + view.saturating_sub(piece.view) })
    }

    /// Where the character before `view` ends; for an offset in a gap, where the one before
    /// the gap ends.
    pub fn end(&self, view: u32) -> Option<Position> {
        let at = self.0.partition_point(|piece| piece.view < view);
        let piece = self.0.get(at.checked_sub(1)?)?;
        let inside = (view - piece.view).min(piece.length);
        Some(Position { node: piece.node, offset: piece.offset + inside })
    }

    /// The stretches of nodes that show a part of the text, one for each node: its number, and
    /// from where to where in it.
    pub fn segments(&self, start: u32, end: u32) -> Vec<(u32, u32, u32)> {
        let mut segments: Vec<(u32, u32, u32)> = Vec::new();
        let first = self.0.partition_point(|piece| piece.view + piece.length <= start);
        for piece in self.0[first..].iter().take_while(|piece| piece.view < end) {
            let from = piece.offset + start.saturating_sub(piece.view);
            let to = piece.offset + (end - piece.view).min(piece.length);
            match segments.last_mut().filter(|(node, ..)| *node == piece.node) {
                // White space that collapsed lies between.
                Some((_, _, last)) => *last = to,
                None => segments.push((piece.node, from, to)),
            }
        }
        segments
    }

    /// The offset in the text view of a place in a node; `None` when the node holds nothing
    /// that the text view has.
    pub fn view(&self, position: Position) -> Option<u32> {
        let key = (position.node, position.offset);
        let at = self.0.partition_point(|piece| (piece.node, piece.offset) <= key);
        let before = at.checked_sub(1).map(|at| self.0[at]).filter(|piece| piece.node == position.node);
        match before {
            Some(piece) => Some(piece.view + (position.offset - piece.offset).min(piece.length)),
            None => self.0.get(at).filter(|piece| piece.node == position.node).map(|piece| piece.view),
        }
    }
}

/// White space that HTML collapses.
pub(super) fn collapses(character: char) -> bool {
    matches!(character, ' ' | '\n' | '\t' | '\r' | '\x0c')
}

/// Characters that only say where a line may break, or may not.
pub(super) fn is_break_hint(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// What a block holds: its text, and the stretches that lead to its text nodes, which count from
/// its own first one.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    text: String,
    length: u32,
    nodes: u32,
    pieces: Vec<Piece>,
}

/// How far a [`Builder`] has come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    bytes: usize,
    length: u32,
    nodes: u32,
    pieces: usize,
}

/// Puts the text view together, one text node or border after the other.
#[derive(Debug)]
pub(super) struct Builder {
    text: String,
    length: u32,
    nodes: u32,
    gap: Gap,
    pieces: Vec<Piece>,
}

impl Builder {
    pub fn new() -> Self {
        Builder { text: String::new(), length: 0, nodes: 0, gap: Gap::None, pieces: Vec::new() }
    }

    /// The border of a block.
    pub fn border(&mut self) {
        self.gap = Gap::Paragraph;
    }

    /// A line break that the reader sees.
    pub fn line_break(&mut self) {
        self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
    }

    /// Something that is seen but not read.
    pub fn space(&mut self) {
        self.gap = self.gap.max(Gap::Space);
    }

    /// True when a border here would change nothing.
    pub fn is_parted(&self) -> bool {
        self.gap == Gap::Paragraph || self.text.is_empty()
    }

    /// The next text node. `line` is what a line feed in it stands for: [`Gap::Line`] where
    /// the page keeps white space, else [`Gap::SourceLine`]. False when nothing of the node is
    /// in the text view; then it has no number.
    pub fn text(&mut self, data: &str, line: Gap) -> bool {
        let node = self.nodes;
        let before = self.pieces.len();
        let mut offset = 0;
        let mut inside = false;
        for character in data.chars() {
            let units = character.len_utf16() as u32;
            match character {
                '\n' if line == Gap::Line => self.line_break(),
                '\n' => self.gap = self.gap.max(Gap::SourceLine),
                _ if collapses(character) => self.space(),
                _ if is_break_hint(character) => inside = false,
                _ => {
                    if self.gap > Gap::None {
                        if !self.text.is_empty() {
                            let gap = self.gap.text();
                            self.text.push_str(gap);
                            self.length += gap.len() as u32;
                        }
                        self.gap = Gap::None;
                        inside = false;
                    }
                    self.text.push(character);
                    match self.pieces.last_mut().filter(|_| inside) {
                        Some(piece) => piece.length += units,
                        None => self.pieces.push(Piece { view: self.length, node, offset, length: units }),
                    }
                    inside = true;
                    self.length += units;
                }
            }
            offset += units;
        }
        let read = self.pieces.len() > before;
        self.nodes += u32::from(read);
        read
    }

    /// How far it has come, where a block begins.
    pub fn mark(&self) -> Mark {
        Mark { bytes: self.text.len(), length: self.length, nodes: self.nodes, pieces: self.pieces.len() }
    }

    /// The block that began at the mark, where it ends.
    pub fn since(&self, mark: Mark) -> Block {
        let pieces = &self.pieces[mark.pieces..];
        let Some(first) = pieces.first() else { return Block::default() };
        // Between them stands the gap, whose characters are of one byte.
        let gap = first.view - mark.length;
        let inside =
            |piece: &Piece| Piece { view: piece.view - first.view, node: piece.node - mark.nodes, ..*piece };
        Block {
            text: self.text[mark.bytes + gap as usize..].to_owned(),
            length: self.length - first.view,
            nodes: self.nodes - mark.nodes,
            pieces: pieces.iter().map(inside).collect(),
        }
    }

    /// A whole block, as it was read before.
    pub fn block(&mut self, block: &Block) {
        if block.pieces.is_empty() {
            return;
        }
        self.border();
        if !self.text.is_empty() {
            let gap = self.gap.text();
            self.text.push_str(gap);
            self.length += gap.len() as u32;
        }
        let moved =
            |piece: &Piece| Piece { view: piece.view + self.length, node: piece.node + self.nodes, ..*piece };
        self.pieces.extend(block.pieces.iter().map(moved));
        self.text.push_str(&block.text);
        self.length += block.length;
        self.nodes += block.nodes;
        self.border();
    }

    /// The text and the way back to its nodes.
    pub fn finish(self) -> (String, Pieces) {
        (self.text, Pieces(self.pieces))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn view(build: impl FnOnce(&mut Builder)) -> String {
        let mut builder = Builder::new();
        build(&mut builder);
        builder.finish().0
    }

    #[test]
    fn blocks_part_and_inline_elements_do_not() {
        let text = view(|b| {
            b.text("\n  ", Gap::SourceLine);
            b.border();
            b.text("外", Gap::SourceLine);
            b.border();
            b.text("\n    ", Gap::SourceLine);
            b.border();
            b.text("交", Gap::SourceLine);
            b.text("部", Gap::SourceLine);
            b.border();
        });
        assert_eq!(text, "外\n\n交部");
    }

    #[test]
    fn white_space_collapses_as_the_page_shows_it() {
        let of = |data: &str, line| {
            view(|b| {
                b.text(data, line);
            })
        };
        assert_eq!(of(" 建设达\n      产  后 ", Gap::SourceLine), "建设达\n产 后");
        assert_eq!(of("王　刚\u{a0}", Gap::SourceLine), "王　刚\u{a0}");
        assert_eq!(of("一\n二\n\n三", Gap::Line), "一\n二\n\n三");
        assert_eq!(of("\u{feff}王\u{ad}\u{200b}刚", Gap::SourceLine), "王刚");
    }

    #[test]
    fn two_line_breaks_end_a_paragraph() {
        let breaks = |count: usize| {
            view(|b| {
                b.text("一", Gap::SourceLine);
                (0..count).for_each(|_| b.line_break());
                b.text("二", Gap::SourceLine);
            })
        };
        assert_eq!(
            (breaks(1), breaks(2), breaks(3)),
            ("一\n二".into(), "一\n\n二".into(), "一\n\n二".into())
        );
    }

    #[test]
    fn a_place_in_a_gap_belongs_to_the_nearest_character() {
        let mut builder = Builder::new();
        assert!(builder.text(" 甲 乙 ", Gap::SourceLine));
        assert!(!builder.text("  ", Gap::SourceLine));
        let (text, pieces) = builder.finish();
        assert_eq!(text, "甲 乙");
        assert_eq!(pieces.view(Position { node: 0, offset: 0 }), Some(0));
        assert_eq!(pieces.view(Position { node: 0, offset: 2 }), Some(1));
        assert_eq!(pieces.view(Position { node: 0, offset: 5 }), Some(3));
        assert_eq!(pieces.view(Position { node: 1, offset: 1 }), None);
        assert_eq!(pieces.start(1), Some(Position { node: 0, offset: 3 }));
        assert_eq!(pieces.end(2), Some(Position { node: 0, offset: 2 }));
        assert_eq!((pieces.start(3), pieces.end(0)), (None, None));
    }

    #[test]
    fn a_part_of_the_text_is_one_segment_for_each_node() {
        let mut builder = Builder::new();
        builder.text("在绍\n ", Gap::SourceLine);
        builder.text("兴", Gap::SourceLine);
        builder.text("市 里", Gap::SourceLine);
        let (text, pieces) = builder.finish();
        assert_eq!(text, "在绍\n兴市 里");
        assert_eq!(pieces.segments(1, 5), [(0, 1, 2), (1, 0, 1), (2, 0, 1)]);
        assert_eq!(pieces.segments(4, 7), [(2, 0, 3)]);
        assert_eq!(pieces.segments(7, 9), []);
    }

    #[derive(Clone, Debug)]
    enum Step {
        Text(String),
        Preserved(String),
        Border,
        LineBreak,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            "[ \n\t滨州市𠮷😀a\u{3000}\u{fffd}\u{ad}\u{200b}]{0,12}".prop_map(Step::Text),
            "[ \n王刚]{0,6}".prop_map(Step::Preserved),
            any::<String>().prop_map(Step::Text),
            Just(Step::Border),
            Just(Step::LineBreak),
        ]
    }

    proptest! {
        /// A block that was kept reads as it did, whatever stands before it now.
        #[test]
        fn a_kept_block_is_the_same(
            blocks in proptest::collection::vec(proptest::collection::vec(step(), 0..6), 1..6),
            others in proptest::collection::vec(step(), 0..6),
        ) {
            let read = |builder: &mut Builder, steps: &[Step]| {
                for step in steps {
                    match step {
                        Step::Text(data) => drop(builder.text(data, Gap::SourceLine)),
                        Step::Preserved(data) => drop(builder.text(data, Gap::Line)),
                        Step::Border => builder.border(),
                        Step::LineBreak => builder.line_break(),
                    }
                }
            };
            let mut first = Builder::new();
            let kept: Vec<Block> = blocks.iter().map(|steps| {
                first.border();
                let mark = first.mark();
                read(&mut first, steps);
                let block = first.since(mark);
                first.border();
                block
            }).collect();
            let (mut anew, mut again) = (Builder::new(), Builder::new());
            for (steps, block) in blocks.iter().zip(&kept) {
                read(&mut anew, &others);
                anew.border();
                read(&mut anew, steps);
                anew.border();
                read(&mut again, &others);
                again.block(block);
                again.border();
            }
            prop_assert_eq!(format!("{anew:?}"), format!("{again:?}"));
        }

        /// Every character that is not white space has exactly one place, and the same one
        /// from both sides.
        #[test]
        fn there_and_back(steps in proptest::collection::vec(step(), 0..24)) {
            let mut builder = Builder::new();
            let mut nodes: Vec<Vec<u16>> = Vec::new();
            for step in &steps {
                let (data, line) = match step {
                    Step::Text(data) => (data, Gap::SourceLine),
                    Step::Preserved(data) => (data, Gap::Line),
                    Step::Border => { builder.border(); continue }
                    Step::LineBreak => { builder.line_break(); continue }
                };
                if builder.text(data, line) {
                    nodes.push(data.encode_utf16().collect());
                }
            }
            let (text, pieces) = builder.finish();
            let view: Vec<u16> = text.encode_utf16().collect();
            let blank = |unit: u16| {
                char::from_u32(unit.into()).is_some_and(|c| collapses(c) || is_break_hint(c))
            };

            let kept: Vec<u16> = nodes.iter().flatten().copied().filter(|u| !blank(*u)).collect();
            let seen: Vec<u16> = view.iter().copied().filter(|u| !blank(*u)).collect();
            prop_assert_eq!(kept, seen);
            prop_assert_eq!(text.trim_matches(|c: char| c.is_ascii_whitespace() && c != '\x0b'), &text);
            prop_assert!(!text.contains("\n\n\n"));

            for (at, unit) in view.iter().enumerate().filter(|(_, unit)| !blank(**unit)) {
                let start = pieces.start(at as u32).unwrap();
                prop_assert_eq!(nodes[start.node as usize][start.offset as usize], *unit);
                prop_assert_eq!(pieces.view(start), Some(at as u32));
                let end = pieces.end(at as u32 + 1).unwrap();
                prop_assert_eq!((end.node, end.offset), (start.node, start.offset + 1));
            }
        }
    }
}
