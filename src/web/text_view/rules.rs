//! Which nodes count, and which borders part what stands on their two sides.
//!
//! An element's name and attributes decide, so that the same markup gives the same text on
//! every screen. How it is displayed is asked only where its name does not tell (a `span`, a
//! link, a custom element), and only when the answer can change the text.

#[cfg(target_arch = "wasm32")]
use super::pieces::{Block, Mark};
use super::pieces::{Builder, Gap, Pieces, collapses, is_break_hint};

/// Raised when the same markup would give another text.
pub(in crate::web) const TEXT_VIEW_VERSION: u32 = 2;

/// What has one of the attributes that the rules look at, as a selector.
pub(super) const MARKED: &str = "[hidden],[contenteditable],[aria-hidden],[lang],[data-mingzhu],dialog";

/// Elements that hold no text for readers, readings beside the text, or what the reader
/// enters or presses; sorted.
const SKIPPED: [&str; 23] = [
    "audio", "button", "canvas", "datalist", "iframe", "math", "meter", "noembed", "noframes", "noscript",
    "object", "progress", "rp", "rt", "rtc", "script", "select", "style", "svg", "template", "textarea",
    "title", "video",
];

/// Elements whose borders part words, sorted.
const BLOCKS: [&str; 49] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "iframe",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
    "xmp",
];

/// Elements that stand inside a line wherever they are used, sorted.
const INLINE: [&str; 45] = [
    "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "img", "input", "ins", "kbd", "mark", "nobr", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp",
    "script", "select", "small", "strike", "strong", "style", "sub", "sup", "svg", "template", "textarea",
    "time", "tt", "u", "var", "wbr",
];

/// Languages of Chinese, what is often written for it, and what names no language.
const CHINESE: [&str; 20] = [
    "", "cdo", "chs", "cht", "cjy", "cmn", "cn", "cpx", "czh", "czo", "gan", "hak", "hsn", "lzh", "mnp",
    "mul", "nan", "und", "wuu", "yue",
];

/// What a site asks for besides the rules.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Choices {
    /// A selector of what else to skip.
    pub exclude: Option<String>,
    /// A selector: only what stands in such elements is read.
    pub include: Option<String>,
    /// Skip what is `aria-hidden`.
    pub spoken: bool,
    /// Read what the reader can edit.
    pub editable: bool,
    /// Read what is marked as another language.
    pub foreign: bool,
    /// Read open shadow roots.
    pub shadow: bool,
    /// Read frames of the same origin.
    pub frames: bool,
}

/// What the rules ask of an element.
pub(super) trait Element: Clone + PartialEq {
    /// Its local name, in small letters.
    fn name(&self) -> String;
    fn attribute(&self, name: &str) -> Option<String>;
    /// True when the site's selector of what to skip matches.
    fn is_excluded(&self) -> bool;
    /// True when the site's selector of what to read matches.
    fn is_included(&self) -> bool;
    /// True when it is displayed as a block: asked where its name does not tell.
    fn is_displayed_as_block(&self) -> bool;
}

/// What of an element comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// Nothing: it is not left either.
    Nothing,
    /// What it holds; afterwards it is left.
    Children,
    /// The body of the document it shows, if it can be reached; afterwards it is left.
    Document,
}

/// How an element stands in the text.
#[derive(Clone, Debug)]
enum Shape<E> {
    Inline,
    Block,
    /// Its name does not tell.
    Unknown(E),
}

/// What the elements around a text node say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Context {
    keeps_white_space: bool,
    included: bool,
    foreign: bool,
}

/// An element that was entered.
#[derive(Debug)]
struct Level<E> {
    shape: Shape<E>,
    context: Context,
}

/// Reads a document that passes by: elements entered and left, and text between.
pub(super) struct Reader<'a, E> {
    choices: &'a Choices,
    builder: Builder,
    levels: Vec<Level<E>>,
    /// Elements of unknown shape whose borders lie in the present gap.
    pending: Vec<E>,
    /// The last of them that was asked, since mostly both its borders are.
    asked: Option<(E, bool)>,
}

impl<'a, E: Element> Reader<'a, E> {
    /// `included` says whether the root stands in what the site includes.
    pub fn new(choices: &'a Choices, included: bool) -> Self {
        let included = included || choices.include.is_none();
        let context = Context { keeps_white_space: false, included, foreign: false };
        let root = Level { shape: Shape::Inline, context };
        Reader { choices, builder: Builder::new(), levels: vec![root], pending: Vec::new(), asked: None }
    }

    fn level(&self) -> &Level<E> {
        // The root's is never left.
        &self.levels[self.levels.len() - 1]
    }

    /// What holds for the text of the element entered last.
    pub fn context(&self) -> Context {
        self.level().context
    }

    /// An element begins.
    pub fn enter(&mut self, element: &E) -> Inside {
        let name = &*element.name();
        if name == "br" {
            self.builder.line_break();
            return Inside::Nothing;
        }
        let shape = if is_in(&BLOCKS, name) {
            Shape::Block
        } else if is_in(&INLINE, name) {
            Shape::Inline
        } else {
            Shape::Unknown(element.clone())
        };
        self.border(&shape);
        if self.skips(element, name) {
            self.border(&shape);
            return Inside::Nothing;
        }
        let outer = self.context();
        let included = outer.included || element.is_included();
        let foreign = match element.attribute("lang") {
            Some(language) => is_foreign(&language, matches!(shape, Shape::Block)),
            None => outer.foreign,
        };
        let keeps = outer.keeps_white_space || matches!(name, "pre" | "listing" | "plaintext" | "xmp");
        if included != outer.included {
            self.part();
        }
        let context = Context { keeps_white_space: keeps, included, foreign };
        self.levels.push(Level { shape, context });
        if name == "iframe" { Inside::Document } else { Inside::Children }
    }

    fn skips(&self, element: &E, name: &str) -> bool {
        let Choices { spoken, editable, frames, .. } = self.choices;
        let attribute = |name| element.attribute(name);
        let is = |value: Option<String>, one: &[&str]| {
            value.is_some_and(|value| one.iter().any(|one| value.trim().eq_ignore_ascii_case(one)))
        };
        (is_in(&SKIPPED, name) && !(name == "iframe" && *frames))
            || attribute("hidden").is_some()
            || (name == "dialog" && attribute("open").is_none())
            || (!editable && is(attribute("contenteditable"), &["", "true", "plaintext-only"]))
            || (*spoken && is(attribute("aria-hidden"), &["true"]))
            // Ours.
            || attribute("data-mingzhu").is_some()
            || element.is_excluded()
    }

    /// The element entered last ends.
    pub fn leave(&mut self) {
        if self.levels.len() > 1
            && let Some(level) = self.levels.pop()
        {
            if level.context.included != self.context().included {
                self.part();
            }
            self.border(&level.shape);
        }
    }

    /// A text node; true when something of it is in the text.
    pub fn text(&mut self, data: &str) -> bool {
        if data.chars().all(|c| collapses(c) || is_break_hint(c)) {
            return self.builder.text(data, self.line());
        }
        let context = self.context();
        if !context.included || (context.foreign && !self.choices.foreign) {
            self.builder.space();
            return false;
        }
        self.settle();
        self.builder.text(data, self.line())
    }

    /// What a line feed stands for here.
    fn line(&self) -> Gap {
        if self.context().keeps_white_space { Gap::Line } else { Gap::SourceLine }
    }

    fn border(&mut self, shape: &Shape<E>) {
        match shape {
            Shape::Inline => {}
            Shape::Block => self.part(),
            Shape::Unknown(element) => self.pending.push(element.clone()),
        }
    }

    fn part(&mut self) {
        self.builder.border();
        self.pending.clear();
    }

    /// Asks how elements are displayed whose borders lie between two characters.
    fn settle(&mut self) {
        for element in std::mem::take(&mut self.pending) {
            if self.builder.is_parted() {
                break;
            }
            let known = self.asked.take().filter(|(asked, _)| *asked == element);
            let block = known.map_or_else(|| element.is_displayed_as_block(), |(_, block)| block);
            if block {
                self.builder.border();
            }
            self.asked = Some((element, block));
        }
    }

    /// The text and the way back to its nodes.
    pub fn finish(self) -> (String, Pieces) {
        self.builder.finish()
    }
}

/// For those who keep blocks that they have read.
#[cfg(target_arch = "wasm32")]
impl<E: Element> Reader<'_, E> {
    /// How many elements are entered.
    pub fn depth(&self) -> usize {
        self.levels.len() - 1
    }

    /// True when the element entered last is a block by its name.
    pub fn is_block(&self) -> bool {
        matches!(self.level().shape, Shape::Block)
    }

    /// How far the text has come, where such a block begins.
    pub fn mark(&self) -> Mark {
        self.builder.mark()
    }

    /// The block that began at the mark and is about to be left.
    pub fn since(&self, mark: Mark) -> Block {
        self.builder.since(mark)
    }

    /// All that the block entered last holds, as it was read before.
    pub fn block(&mut self, block: &Block) {
        self.pending.clear();
        self.builder.block(block);
    }
}

/// Whether text marked as this language is none to read. Inside a line only what looks like
/// Chinese: editors mark the digits of 3月18日 as English.
fn is_foreign(language: &str, block: bool) -> bool {
    let primary = language.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let chinese = primary == "zh" || is_in(&CHINESE, &primary);
    !chinese && (block || matches!(&*primary, "ja" | "ko"))
}

fn is_in(names: &[&str], name: &str) -> bool {
    names.binary_search(&name).is_ok()
}

#[cfg(test)]
pub(super) fn assert_sorted() {
    for names in [&SKIPPED[..], &BLOCKS, &INLINE, &CHINESE] {
        assert!(names.is_sorted(), "{names:?}");
    }
}
